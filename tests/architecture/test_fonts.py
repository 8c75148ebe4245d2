"""Hold the vendored fonts to their source and to the rare characters of names."""

import hashlib
import re
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"


def test_the_fonts_are_those_their_readme_names() -> None:
    readme = (FONTS / "README.md").read_text(encoding="utf-8")
    named = dict(re.findall(r"^\| (\S+\.ttf) \|.*\| ([0-9a-f]{64}) \|$", readme, re.MULTILINE))
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("*.ttf")
    }
    assert found == named
    assert len(found) == 3


@pytest.mark.parametrize("font", sorted(FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def test_a_font_has_the_rare_characters_of_names(font: Path) -> None:
    glyphs = TTFontFile(str(font)).charToGlyph
    assert [char for char in "䶮㛃𬭎𫚖安" if ord(char) not in glyphs] == []
