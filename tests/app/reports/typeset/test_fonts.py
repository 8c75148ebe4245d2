"""Every character is printed as itself and can be taken out again, or its absence is named."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import AppError, Code
from app.reports.card.scorecard import draw_scorecard
from app.reports.typeset.fonts import Style, load_fonts
from tests.forms import RESOURCES, complete_card, open_card, synthetic_unit
from tests.scorecards import fonts, printed, typical

ONLY_IN_HEI = "𰻝"  # U+30EDD
MISSING = "𓀀"  # a hieroglyph: no Chinese face has it
RARE = "䶮㛃𬭎𫚖㴪㭎䒟鿏鿭𠅤𣲗𫖯𫍯𫘜𬀩𬘡𬱖𬴊𬍛𬣳喆堃頔"


def pdf_named(name: str) -> bytes:
    return draw_scorecard(printed(open_card(unit=replace(synthetic_unit(), name=name))), fonts())


def text_of(pdf: bytes, folder: Path) -> str:
    """Return what poppler reads, which is not the reader our verification uses."""
    file = folder / "card.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", file, "-"], capture_output=True, check=True
    )
    return done.stdout.decode()


def test_rare_characters_are_extracted_as_written(tmp_path: Path) -> None:
    for names in (RARE[:12], RARE[12:]):
        assert f"考核单位：深圳市{names}公司" in text_of(pdf_named(f"深圳市{names}公司"), tmp_path)


def test_a_character_song_lacks_is_taken_from_another_face(tmp_path: Path) -> None:
    assert f"西安{ONLY_IN_HEI}面公司" in text_of(pdf_named(f"西安{ONLY_IN_HEI}面公司"), tmp_path)


def test_a_character_no_face_has_is_named_with_its_field() -> None:
    with pytest.raises(AppError) as refusal:
        pdf_named(f"测试{MISSING}公司")
    assert refusal.value.code is Code.GLYPH_MISSING
    assert refusal.value.facts == {
        "character": MISSING,
        "codepoint": "U+13000",
        "where": "unit",
        "font": "/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf",
    }


def test_an_invisible_character_is_named_too() -> None:
    with pytest.raises(AppError) as refusal:
        fonts().require_glyphs("张\u200b三", "name")
    assert refusal.value.facts["codepoint"] == "U+200B"


def test_every_font_is_embedded_as_a_subset_with_a_unicode_map(tmp_path: Path) -> None:
    file = tmp_path / "card.pdf"
    file.write_bytes(draw_scorecard(printed(typical()), fonts()))
    listed = subprocess.run(["pdffonts", file], capture_output=True, check=True, text=True).stdout
    rows = listed.splitlines()[2:]
    assert rows
    for row in rows:
        name, *_, embedded, subset, unicode_map, _, _ = row.split()
        assert "Noto" in name
        assert (embedded, subset, unicode_map) == ("yes", "yes", "yes")


def test_fonts_are_loaded_once() -> None:
    folder = RESOURCES / "fonts"
    assert load_fonts(folder) is load_fonts(folder)


def test_han_characters_are_one_em_wide() -> None:
    assert fonts().width("安康", 10.0) == pytest.approx(20.0)
    assert fonts().width("安康", 10.0, Style.HEI) == pytest.approx(20.0)


def test_a_character_without_a_glyph_still_has_a_width_for_verification() -> None:
    assert fonts().width(MISSING, 10.0) == pytest.approx(10.0)


def test_a_folder_without_fonts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_fonts(tmp_path)


def test_a_second_document_does_not_inherit_the_characters_of_the_first() -> None:
    plain = draw_scorecard(printed(complete_card()), fonts())
    pdf_named(f"深圳市{RARE}有限公司")
    assert draw_scorecard(printed(complete_card()), fonts()) == plain
