"""Whom this workspace trusts, and opening its keys: with a passphrase, for a day."""
