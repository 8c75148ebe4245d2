"""统一社会信用代码: the check digits of GB 32100-2015 and of the GB 11714 body inside it.

A wrong outer check digit is refused, because nobody could tell the unit apart later; a wrong inner
one only warns, because old codes with it are in real use.
"""

import unicodedata
from dataclasses import dataclass
from itertools import combinations, product

from app.errors import AppError, Code

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015, table 2: no I O S V Z
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))  # GB 32100-2015, annex A
_PLACE = slice(2, 8)  # 登记管理机关行政区划码, characters 3 to 8
_BODY = slice(8, 17)  # 主体标识码, characters 9 to 17
_BODY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714
_LOOKALIKES = ("0OD", "1I", "5S", "2Z", "8B", "UV")
_MOST_SLIPS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditCode:
    """A code whose outer check holds. `body_checks` is False when the inner one does not."""

    text: str
    body_checks: bool


def parse_credit_code(typed: str) -> CreditCode:
    """Return the code a person typed, after NFKC, upper case and removal of blanks.

    Raises:
        AppError: CREDIT_CODE_FORMAT (not 18 characters) or CREDIT_CODE_CHECK (a character that no
            code has, or a check digit that does not fit; the fact `suggestion` holds the only
            correction that fits, or is empty).

    """
    text = "".join(unicodedata.normalize("NFKC", typed).upper().split())
    if len(text) != LENGTH:
        raise AppError(Code.CREDIT_CODE_FORMAT, typed=text, length=len(text))
    if not outer_check_holds(text):
        raise AppError(Code.CREDIT_CODE_CHECK, typed=text, suggestion=likely_correction(text))
    return CreditCode(text=text, body_checks=body_check_holds(text))


def outer_check_holds(text: str) -> bool:
    """Tell whether character 18 is the check digit of the others (GB 32100-2015, annex A)."""
    if any(character not in ALPHABET for character in text):
        return False
    return text[-1] == check_character(text[:-1])


def check_character(first_17: str) -> str:
    """Return character 18 for the first 17."""
    weighted = sum(
        ALPHABET.index(character) * weight
        for character, weight in zip(first_17, _WEIGHTS, strict=True)
    )
    return ALPHABET[(31 - weighted % 31) % 31]


def body_check_holds(text: str) -> bool:
    """Tell whether the nine characters of the body end in their own check digit (GB 11714)."""
    body = text[_BODY]
    return body[-1] == body_check_character(body[:-1])


def body_check_character(first_8: str) -> str:
    """Return the ninth character of a GB 11714 body for its first eight."""
    weighted = sum(
        _BODY_ALPHABET.index(character) * weight
        for character, weight in zip(first_8, _BODY_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - weighted % 11]


def likely_correction(text: str) -> str:
    """Return the one code that was probably meant, else ''.

    At most two look-alike characters are put right. Only a code that also satisfies the inner
    check is offered: by the outer check alone most guesses would be wrong. A check digit that no
    code can have (the standard's own example ends in Z) is renewed.
    """
    for slips in range(1, _MOST_SLIPS + 1):
        fitting = {
            variant
            for places in combinations(range(len(text)), slips)
            for variant in _variants(text, places)
            if _is_plausible(variant)
        }
        if fitting:
            return fitting.pop() if len(fitting) == 1 else ""
    if text[-1] not in ALPHABET and set(text[:-1]) <= set(ALPHABET):
        renewed = text[:-1] + check_character(text[:-1])
        return renewed if _is_plausible(renewed) else ""
    return ""


def _is_plausible(code: str) -> bool:
    """Tell whether both checks hold and the place of registration is a number."""
    return outer_check_holds(code) and body_check_holds(code) and code[_PLACE].isdigit()


def _variants(text: str, places: tuple[int, ...]) -> list[str]:
    choices = [
        [other for group in _LOOKALIKES if text[place] in group for other in group]
        for place in places
    ]
    variants = []
    for picked in product(*choices):
        characters = list(text)
        for place, character in zip(places, picked, strict=True):
            characters[place] = character
        variants.append("".join(characters))
    return variants
