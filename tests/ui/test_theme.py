"""The look: every colour of the sheet is known, text can be read, Chinese can be drawn."""

import re
from dataclasses import asdict

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication

from app.domain.delivery import State
from tests.forms import RESOURCES
from ui.theme import DARK, FAMILY, LIGHT, Colours, style_sheet
from ui.widgets.state_chip import chip_colours

SHEET = (RESOURCES / "qss" / "ankang.qss").read_text(encoding="utf-8")

# Every text of the sheet and of what is painted by hand, with the grounds it stands on.
_ON = {
    "text": ("window", "surface", "accent_tint"),
    "muted": ("window", "surface", "accent_tint", "idle_tint"),
    "accent": ("window", "surface"),
    "accent_dark": ("surface", "accent_tint", "accent_soft"),
    "on_accent": ("accent", "accent_dark"),
    "alert": ("window", "surface", "accent_tint", "alert_tint"),
    "wrong": ("window", "surface", "wrong_tint"),
    "surface": ("alert",),
    "on_bar": ("bar",),
}
PAIRS = [
    pair
    for colours in (LIGHT, DARK)
    for pair in (
        *((getattr(colours, ink), getattr(colours, on)) for ink in _ON for on in _ON[ink]),
        *(chip_colours(state, colours) for state in (None, *State)),
    )
]


def luminance(name: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.1)."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    colour = QColor(name)
    red, green, blue = map(linear, (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(ink: str, ground: str) -> None:
    lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_of_the_sheet_is_known(colours: Colours) -> None:
    assert set(re.findall(r"@([a-z_]+)", SHEET)) <= asdict(colours).keys()
    assert "@" not in style_sheet(SHEET, colours)


def test_the_shipped_face_draws_chinese(qapp: QApplication) -> None:
    font = qapp.font()
    assert QFontInfo(font).family() == FAMILY
    assert all(QFontMetrics(font).inFontUcs4(ord(char)) for char in "安康杯䶮𬭎")
