"""Photos: taken in, filed behind clauses, looked at and drawn on, and small for prints."""
