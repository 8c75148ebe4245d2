"""The two catalogues say the same things, and a sentence and a next step for every code."""

import gettext
import io
import re
from functools import cache
from itertools import chain
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.domain.unit import Fact
from app.errors import Code
from app.text.catalogue import Language
from tests.forms import RESOURCES

LANGUAGES = pytest.mark.parametrize("language", Language)


def po_file(language: Language) -> Path:
    return RESOURCES / "translations" / language.value / "LC_MESSAGES" / "ankang.po"


@cache
def sentences(language: Language) -> dict[str, str]:
    """Return every key with its sentence; the header and untranslated keys do not count."""
    with po_file(language).open("rb") as stream:
        catalogue = read_po(stream, abort_invalid=True)
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id and entry.string}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@LANGUAGES
def test_every_code_has_a_sentence_and_a_next_step(language: Language) -> None:
    needed = chain.from_iterable((f"error.{code}", f"error.{code}.next") for code in Code)
    assert set(needed) - sentences(language).keys() == set()


@LANGUAGES
def test_every_fact_of_the_unit_has_a_name(language: Language) -> None:
    assert {f"fact.{fact}" for fact in Fact} <= sentences(language).keys()


def test_no_sentence_is_left_of_a_code_that_is_gone() -> None:
    keys = [key.split(".") for key in sentences(Language.CHINESE) if key.startswith("error.")]
    assert {key[1] for key in keys} - {"joined"} - set(Code) == set()


def test_both_languages_have_the_same_keys() -> None:
    assert sentences(Language.CHINESE).keys() == sentences(Language.ENGLISH).keys()


def test_both_languages_have_the_same_placeholders() -> None:
    english = sentences(Language.ENGLISH)
    different = {
        key
        for key, chinese in sentences(Language.CHINESE).items()
        if placeholders(chinese) != placeholders(english[key])
    }
    assert different == set()


@LANGUAGES
def test_placeholders_are_plain_names(language: Language) -> None:
    names = chain.from_iterable(placeholders(text) for text in sentences(language).values())
    assert {name for name in names if not re.fullmatch(r"[a-z_0-9]+", name)} == set()


def test_no_key_stands_twice() -> None:
    for language in Language:
        keys = re.findall(r'^msgid "(.+)"$', po_file(language).read_text("utf-8"), re.MULTILINE)
        assert len(keys) == len(set(keys)) == len(sentences(language))


def test_errors_are_whole_sentences() -> None:
    for language, end in ((Language.CHINESE, "。"), (Language.ENGLISH, ".")):
        errors = {key for key in sentences(language) if key.startswith("error.")} - {
            "error.joined"
        }
        assert {key for key in errors if not sentences(language)[key].endswith(end)} == set()


def test_the_english_catalogue_holds_no_chinese() -> None:
    chinese = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
    assert [key for key, text in sentences(Language.ENGLISH).items() if chinese.search(text)] == []


@LANGUAGES
def test_the_compiled_catalogue_is_the_written_one(language: Language) -> None:
    """Run `make translations` when this fails."""
    with po_file(language).open("rb") as stream:
        written = read_po(stream)
    compiled = io.BytesIO()
    write_mo(compiled, written)
    with po_file(language).with_suffix(".mo").open("rb") as stream:
        shipped = gettext.GNUTranslations(stream)
    assert compiled.seek(0) == 0
    fresh = gettext.GNUTranslations(compiled)
    keys = sentences(language)
    assert {key: shipped.gettext(key) for key in keys} == {key: fresh.gettext(key) for key in keys}
