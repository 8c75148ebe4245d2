"""Catalogues, and a sentence and a next step for each error code."""
