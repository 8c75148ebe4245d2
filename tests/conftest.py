"""Settings of the whole suite: no display, no workspace of the user's, no deadlines."""

import os

import pytest
from hypothesis import settings

# Lets a failing contract say what it compared; before anybody imports one.
pytest.register_assert_rewrite("tests.db.contract")

# Read when the first QApplication is built.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# What the user's shell sets must not reach a test.
for name in ("ANKANG_HOME", "ANKANG_PASSPHRASE_FILE"):
    os.environ.pop(name, None)

# Two busy cores make single examples slow; pytest-timeout guards against hanging.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
