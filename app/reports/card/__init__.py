"""The printed card: official table, signature block, annex, evidence; its fixed words."""
