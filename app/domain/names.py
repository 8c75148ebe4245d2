"""How names and short texts of people and units are cleaned before they are kept.

The middle dot of minority names is U+00B7 (GB 18030 A1A4); names of 50 characters and more fit.
Length is counted in code points.
"""

import re
import unicodedata

from app.errors import AppError, Code

LONGEST_NAME = 100
LONGEST_TEXT = 500
_DOTS = "•‧・．.∙⋅・"  # typed for U+00B7
_DOT_BETWEEN_HAN = re.compile(rf"(?<=[\u2e80-\U0003ffff])\s*[{_DOTS}·]\s*(?=[\u2e80-\U0003ffff])")
_NO_XML = "\ufffe\uffff"  # noncharacters that no XML file, so no .xlsx, can hold
_BLANKS = re.compile(r"\s+")


def clean_name(typed: str) -> str:
    """Return a name in NFC, blanks folded, the dot between Han characters made U+00B7.

    Raises:
        AppError: NAME_EMPTY, NAME_TOO_LONG (over 100 code points), TEXT_NOT_PRINTABLE.

    """
    name = _DOT_BETWEEN_HAN.sub("·", clean_line(typed))
    if not name:
        raise AppError(Code.NAME_EMPTY)
    return name


def clean_line(typed: str) -> str:
    """Return what must fit in a cell of a table, a post (职务) say; '' is allowed.

    Raises:
        AppError: NAME_TOO_LONG (over 100 code points), TEXT_NOT_PRINTABLE.

    """
    return _cleaned(typed, LONGEST_NAME)


def clean_text(typed: str) -> str:
    """Return a remark in NFC with blanks and line ends folded into one blank.

    Raises:
        AppError: TEXT_NOT_PRINTABLE (control characters, lone surrogates, private use),
            NAME_TOO_LONG (over 500 code points).

    """
    return _cleaned(typed, LONGEST_TEXT)


def _cleaned(typed: str, longest: int) -> str:
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", typed)).strip()
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cs", "Co"} or character in _NO_XML:
            raise AppError(Code.TEXT_NOT_PRINTABLE, codepoint=f"U+{ord(character):04X}")
    if len(text) > longest:
        raise AppError(Code.NAME_TOO_LONG, length=len(text), longest=longest)
    return text
