"""Gives sqlite-utils its driver first."""

import db  # noqa: F401 - a test that imports sqlite_utils must not be the first to do so
