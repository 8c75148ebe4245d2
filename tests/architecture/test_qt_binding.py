"""Hold the pinned Qt binding to what the program relies on."""

import sys

from PySide6.QtCore import QObject, Signal


class Source(QObject):
    fired = Signal()


def test_emitting_a_signal_keeps_the_references_to_true() -> None:
    """PySide6 6.12.0 on Python 3.11 drops one for each emit and aborts after some 500."""
    source = Source()
    calls: list[None] = []
    source.fired.connect(lambda: calls.append(None))
    before = sys.getrefcount(True)
    for _ in range(50):
        source.fired.emit()
    assert len(calls) == 50
    assert abs(sys.getrefcount(True) - before) < 10
