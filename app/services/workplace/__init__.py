"""The computer: what a start finds and remembers, how a person likes it, backups."""
