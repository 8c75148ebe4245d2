"""The program: everything but what is shown (ui) and what is remembered (db)."""
