"""How the program looks: two palettes, one accent colour, the shipped faces, one style sheet."""

import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

FAMILY = "Noto Sans SC"
_FACES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_BASE_PX = 14
_WORN = "ankang_look"
_LENGTH = re.compile(r"\b(\d+)px\b")
_HAIRLINE = 2  # px: borders stay as thin as they are, however large the text is


class Look(StrEnum):
    """Light for the sun of a factory yard, dark for the night shift."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The colours of a theme; the style sheet names them `@window`, `@accent` and so on.

    Text on the surface it stands on keeps a contrast of 4.5 to 1 or better (WCAG AA).
    """

    window: str = "#F3F5F5"
    surface: str = "#FFFFFF"
    line: str = "#D3DADA"
    text: str = "#17262A"
    muted: str = "#55666A"
    accent: str = "#0B6B61"
    accent_dark: str = "#084F48"
    accent_tint: str = "#E6F2F0"
    accent_soft: str = "#C9E3DF"
    on_accent: str = "#FFFFFF"
    alert: str = "#8A4B08"
    alert_tint: str = "#FDEFD6"
    wrong: str = "#A1122E"
    wrong_tint: str = "#FBE3E7"
    idle_tint: str = "#E9EDED"
    bar: str = "#084F48"
    on_bar: str = "#FFFFFF"


LIGHT = Colours()
DARK = Colours(
    window="#10181A",
    surface="#182225",
    line="#38474B",
    text="#E4ECED",
    muted="#A5B4B7",
    accent="#48BBAB",
    accent_dark="#93DED4",
    accent_tint="#16322E",
    accent_soft="#21504A",
    on_accent="#04211D",
    alert="#F2B866",
    alert_tint="#3A2A12",
    wrong="#FF9DAB",
    wrong_tint="#3D1A22",
    idle_tint="#263134",
    bar="#0A2E2A",
    on_bar="#E6F2F0",
)
_COLOURS = {Look.LIGHT: LIGHT, Look.DARK: DARK}


def load_fonts(fonts: Path) -> None:
    """Load the shipped faces; the system may have no Chinese font at all."""
    for face in _FACES:
        QFontDatabase.addApplicationFont(str(fonts / face))


def dress(
    application: QApplication, resources: Path, *, look: Look = Look.LIGHT, scale: int = 100
) -> None:
    """Give the application its faces, palette and style sheet; `scale` is the text's per cent."""
    load_fonts(resources / "fonts")
    colours = _COLOURS[look]
    font = QFont(FAMILY)
    font.setPixelSize(round(_BASE_PX * scale / 100))
    application.setProperty(_WORN, look.value)
    application.setFont(font)
    application.setStyle("Fusion")
    application.setPalette(_palette(colours))
    sheet = (resources / "qss" / "ankang.qss").read_text(encoding="utf-8")
    application.setStyleSheet(style_sheet(sheet, colours, scale=scale))


def worn() -> Colours:
    """Return the colours the application wears: for what is painted by hand."""
    application = QApplication.instance()
    look = None if application is None else application.property(_WORN)
    return _COLOURS[Look(look)] if look else LIGHT


def style_sheet(sheet: str, colours: Colours, *, scale: int = 100) -> str:
    """Return a style sheet with its colours filled in and its lengths scaled (per cent)."""
    for name, value in sorted(asdict(colours).items(), key=lambda each: -len(each[0])):
        sheet = sheet.replace(f"@{name}", value)
    return _LENGTH.sub(lambda found: f"{_scaled(int(found[1]), scale)}px", sheet)


def _scaled(length: int, scale: int) -> int:
    return length if length <= _HAIRLINE else round(length * scale / 100)


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    for role, value in (
        (QPalette.ColorRole.Window, colours.window),
        (QPalette.ColorRole.Base, colours.surface),
        (QPalette.ColorRole.AlternateBase, colours.window),
        (QPalette.ColorRole.Button, colours.surface),
        (QPalette.ColorRole.WindowText, colours.text),
        (QPalette.ColorRole.Text, colours.text),
        (QPalette.ColorRole.ButtonText, colours.text),
        (QPalette.ColorRole.PlaceholderText, colours.muted),
        (QPalette.ColorRole.Highlight, colours.accent),
        (QPalette.ColorRole.HighlightedText, colours.on_accent),
    ):
        palette.setColor(role, QColor(value))
    return palette
