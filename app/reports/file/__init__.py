"""Pages to a PDF for the archive, and a PDF back to pixels."""
