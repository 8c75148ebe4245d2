"""The look: every colour of the sheet is known, text can be read, Chinese can be drawn."""

import re
from dataclasses import asdict

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication

from app.domain.delivery import State
from tests.forms import RESOURCES
from ui.theme import FAMILY, LIGHT, style_sheet
from ui.widgets.state_chip import chip_colours

SHEET = (RESOURCES / "qss" / "ankang.qss").read_text(encoding="utf-8")
PAIRS = [
    (LIGHT.text, LIGHT.window),
    (LIGHT.text, LIGHT.surface),
    (LIGHT.text, LIGHT.accent_tint),
    (LIGHT.muted, LIGHT.window),
    (LIGHT.muted, LIGHT.surface),
    (LIGHT.accent, LIGHT.surface),
    (LIGHT.accent_dark, LIGHT.accent_tint),
    (LIGHT.on_accent, LIGHT.accent),
    (LIGHT.on_accent, LIGHT.accent_dark),
    (LIGHT.alert, LIGHT.window),
    (LIGHT.alert, LIGHT.alert_tint),
    *(chip_colours(state) for state in (None, *State)),
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


def test_every_colour_of_the_sheet_is_known() -> None:
    assert set(re.findall(r"@([a-z_]+)", SHEET)) <= asdict(LIGHT).keys()
    assert "@" not in style_sheet(SHEET, LIGHT)


def test_the_shipped_face_draws_chinese(qapp: QApplication) -> None:
    font = qapp.font()
    assert QFontInfo(font).family() == FAMILY
    assert all(QFontMetrics(font).inFontUcs4(ord(char)) for char in "安康杯䶮𬭎")
