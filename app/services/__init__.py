"""The use cases, one module for each group of verbs."""
