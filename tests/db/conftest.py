"""Lets a failing assertion inside a contract say what it compared."""

import pytest

pytest.register_assert_rewrite("tests.db.contract")
