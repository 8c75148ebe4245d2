"""Run a coroutine of pyHanko to its end: the only home of asyncio.

pyHanko signs and verifies CMS in coroutines only; the one that waits for a network (a time stamp
service) runs within a limit.
"""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

T = TypeVar("T")


def run(coroutine: Coroutine[object, object, T]) -> T:
    """Return what the coroutine returns, raise what it raises."""
    return asyncio.run(coroutine)


def run_within(seconds: float, coroutine: Coroutine[object, object, T]) -> T:
    """Return what the coroutine returns within so many seconds; TimeoutError after them.

    A name that is still being looked up then is left behind: `run` would wait for it.
    """
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(asyncio.wait_for(coroutine, seconds))
    finally:
        loop.close()
