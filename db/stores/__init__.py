"""One module for each aggregate: rows to domain and back."""
