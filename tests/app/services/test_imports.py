"""What the window needs for its first paint, and a frequent command, loads nothing heavy."""

import subprocess
import sys

import pytest

from tests.forms import RESOURCES

LIGHT = (
    "desk.desk",
    "cards.assess",
    "cards.view",
    "units.register",
    "desk.forms",
    "desk.standing",
    "office.decide",
    "desk.intake",
    "seal.sign",
    "prints.prints",
    "prints.handover",
)
HEAVY = [
    "asn1crypto",
    "cryptography",
    "openpyxl",
    "PIL",
    "pyhanko",
    "pypdfium2",
    "pyrage",
    "reportlab",
    "PySide6",
]


@pytest.mark.parametrize("name", LIGHT)
def test_a_service_of_the_first_paint_imports_nothing_heavy(name: str) -> None:
    told = f"import app.services.{name}, sys; print(*(n for n in {HEAVY} if n in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", told],
        capture_output=True,
        check=True,
        cwd=RESOURCES.parent,
        text=True,
        timeout=100,
    )
    assert done.stdout.split() == []
