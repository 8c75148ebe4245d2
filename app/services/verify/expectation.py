"""What a person reads on the paper, held against what was signed: `total=97`."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from app.domain.points import points_text
from app.errors import AppError, Code
from app.services.verify.exhibit import check_code_of
from app.services.verify.verdict import Figures

_LONGEST = 200
_CUT = "…"  # a long name as the code on paper holds it


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """A figure by its name, and what is expected of it, as typed."""

    figure: str
    value: str


def read_expectations(typed: Sequence[str]) -> tuple[Expectation, ...]:
    """Return what is expected; AppError ARGUMENT_MALFORMED."""
    return tuple(map(_read, typed))


def unmet(expected: Sequence[Expectation], figures: Figures) -> tuple[AppError, ...]:
    """Return a refusal for each figure that was signed otherwise, naming both values."""
    held = ((each, _SIGNED[each.figure](figures)) for each in expected)
    return tuple(
        AppError(Code.FIGURE_DIFFERS, where=each.figure, expected=each.value, signed=signed)
        for each, signed in held
        if not _agree(each, signed)
    )


def _agree(expected: Expectation, signed: str) -> bool:
    given, held = (_plain(expected.figure, text) for text in (expected.value, signed))
    if isinstance(given, str) and isinstance(held, str) and held.endswith(_CUT):
        return given.startswith(held.removesuffix(_CUT))
    return given == held


_SIGNED: Mapping[str, Callable[[Figures], str]] = {
    "total": lambda figures: points_text(figures.total),
    "base": lambda figures: points_text(figures.base),
    "bonus": lambda figures: points_text(figures.bonus),
    "unit": lambda figures: figures.unit,
    "date": lambda figures: figures.day.isoformat(),
    "code": lambda figures: figures.check_code,
    "revision": lambda figures: str(figures.revision),
    "signer": lambda figures: figures.signer,
}
EXPECTABLE = tuple(_SIGNED)


def _read(typed: str) -> Expectation:
    figure, sign, value = unicodedata.normalize("NFKC", typed).partition("=")
    name, expected = figure.strip().lower(), value.strip()
    known = bool(sign) and name in _SIGNED and 0 < len(expected) <= _LONGEST
    if not known or _plain(name, expected) is None:
        raise AppError(Code.ARGUMENT_MALFORMED, argument=typed[:_LONGEST])
    return Expectation(figure=name, value=expected)


def _plain(figure: str, text: str) -> Decimal | date | str | None:
    """Return a value as it is compared, None where it can be no value of the figure."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    match figure:
        case "total" | "base" | "bonus" | "revision":
            return _number(bare)
        case "date":
            return _day(bare)
        case "code":
            return check_code_of(bare) or None
        case _:
            return bare


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
