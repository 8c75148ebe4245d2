"""Gives sqlite-utils its driver first; lets a failing contract say what it compared."""

import pytest

import db  # noqa: F401 - a test that imports sqlite_utils must not be the first to do so

pytest.register_assert_rewrite("tests.db.contract")
