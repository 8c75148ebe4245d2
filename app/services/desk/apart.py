"""Works on a stranger's picture or PDF in a process of its own.

A PDF of two kilobytes can take PDFium hours and all memory there is, and a picture full of corners
of codes takes minutes to search; neither can be stopped from outside. So the process that reads it
is ended with it. It starts when it is first needed and waits for the next file.
"""

import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from app.errors import AppError, Code, FactValue

SECONDS = 60.0  # fifty scanned pages take half of it
_MOST_MEMORY = 4 << 30  # bytes; Windows offers no such limit
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Done(Generic[T]):
    """What came of it, on its way through the line."""

    result: T


@dataclass(frozen=True, slots=True)
class _Refused:
    """An AppError likewise."""

    code: Code
    facts: dict[str, FactValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worker:
    process: BaseProcess
    line: Connection


def apart(work: Callable[[], T], *, name: str, seconds: float = SECONDS) -> T:
    """Return what comes of reading a file; work and result must be ones that pickle can carry.

    Raises:
        AppError: PICTURE_TOO_HARD (it takes more time or memory than any honest one), and as the
            work does.

    """
    worker = _worker()
    try:
        worker.line.send(work)
        if not worker.line.poll(seconds):
            raise TimeoutError
        answer: _Done[T] | _Refused = worker.line.recv()
    except (EOFError, OSError) as cause:
        worker.process.kill()
        worker.process.join()
        _worker.cache_clear()
        raise AppError(Code.PICTURE_TOO_HARD, name=name) from cause
    if isinstance(answer, _Refused):
        raise AppError(answer.code, **answer.facts)
    return answer.result


@lru_cache(maxsize=1)
def _worker() -> _Worker:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work_on, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process=process, line=ours)


def _work_on(line: Connection) -> None:
    """Answer until nobody asks any more, or memory runs out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked decides
    _limit_memory()
    while True:
        try:
            line.send(_answer(line.recv()))
        except (EOFError, MemoryError):
            return


def _answer(work: Callable[[], T]) -> _Done[T] | _Refused:
    try:
        return _Done(work())
    except AppError as refusal:
        return _Refused(refusal.code, refusal.facts)


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
