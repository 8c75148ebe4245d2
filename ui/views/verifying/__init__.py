"""核验: a PDF, a picture of a page or a check code, and what is to be thought of it."""
