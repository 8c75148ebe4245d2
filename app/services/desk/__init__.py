"""What every use case stands on: desk, forms, whose workspace it is, files from outside."""
