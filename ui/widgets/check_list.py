"""What the self-check found, line by line; faces and input method are looked at here."""

import os
import sys

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel

from app.services.workplace.selfcheck import Check, CheckResult
from ui.labels import Labels
from ui.theme import FAMILY

_KNOWN = {"ibus", "fcitx", "fcitx5", "wayland"}


class CheckList(QLabel):
    """A line for each check."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self.setWordWrap(True)

    def show_results(self, results: tuple[CheckResult, ...]) -> None:
        """Show what was found, and what only the window can tell."""
        self.setText("\n".join(map(self._line, (*results, _fonts(), _input_method()))))

    def _line(self, result: CheckResult) -> str:
        return self._labels(
            "check.good" if result.is_good else "check.bad",
            what=self._labels(f"check.{result.check}"),
            detail=result.detail,
        )


def _fonts() -> CheckResult:
    return CheckResult(
        check=Check.FONTS, is_good=FAMILY in QFontDatabase.families(), detail=FAMILY
    )


def _input_method() -> CheckResult:
    """Tell whether Chinese can be typed: on Windows always, elsewhere by a known plugin."""
    plugin = os.environ.get("QT_IM_MODULE", "") or QApplication.platformName()
    is_good = sys.platform in {"win32", "darwin"} or plugin in _KNOWN
    return CheckResult(check=Check.INPUT_METHOD, is_good=is_good, detail=plugin)
