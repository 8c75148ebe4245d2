"""Run a coroutine of pyHanko to its end: the only home of asyncio.

pyHanko signs and verifies CMS in coroutines only; none of them waits for a network here.
"""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

T = TypeVar("T")


def run(coroutine: Coroutine[object, object, T]) -> T:
    """Return what the coroutine returns, raise what it raises."""
    return asyncio.run(coroutine)
