"""The use cases, in rooms; in each one module for each group of verbs."""
