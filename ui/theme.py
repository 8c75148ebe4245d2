"""How the program looks: one palette, one accent colour, the shipped faces, one style sheet."""

from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

FAMILY = "Noto Sans SC"
_FACES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_BASE_PX = 14


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
    alert: str = "#9A3412"
    alert_tint: str = "#FCEBE0"
    idle_tint: str = "#E9EDED"


LIGHT = Colours()


def load_fonts(fonts: Path) -> None:
    """Load the shipped faces; the system may have no Chinese font at all."""
    for face in _FACES:
        QFontDatabase.addApplicationFont(str(fonts / face))


def dress(application: QApplication, resources: Path, colours: Colours = LIGHT) -> None:
    """Give the application its faces, palette and style sheet."""
    load_fonts(resources / "fonts")
    font = QFont(FAMILY)
    font.setPixelSize(_BASE_PX)
    application.setFont(font)
    application.setStyle("Fusion")
    application.setPalette(_palette(colours))
    sheet = (resources / "qss" / "ankang.qss").read_text(encoding="utf-8")
    application.setStyleSheet(style_sheet(sheet, colours))


def style_sheet(sheet: str, colours: Colours) -> str:
    """Return a style sheet with its colours filled in."""
    for name, value in sorted(asdict(colours).items(), key=lambda each: -len(each[0])):
        sheet = sheet.replace(f"@{name}", value)
    return sheet


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
