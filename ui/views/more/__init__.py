"""更多: language and look, credential, data, self-check, about."""
