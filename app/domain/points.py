"""Points: exact decimals, their steps and how they are written. Never a float."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from app.errors import AppError, Code

STEPS = (Decimal(1), Decimal("0.5"), Decimal("0.1"))
ZERO = Decimal(0)
_HUNDREDTH = Decimal("0.01")
_LONGEST = 12


def parse_points(text: str) -> Decimal:
    """Return points from a plain decimal; AppError POINTS_NOT_A_NUMBER for anything else."""
    try:
        points = Decimal(text.strip())
    except InvalidOperation as cause:
        raise AppError(Code.POINTS_NOT_A_NUMBER, value=text) from cause
    if not points.is_finite() or len(text.strip()) > _LONGEST or {"e", "_"} & set(text.lower()):
        raise AppError(Code.POINTS_NOT_A_NUMBER, value=text)
    return points


def points_text(points: Decimal) -> str:
    """Return the one way points are written: no exponent, no trailing zeros, never '-0'."""
    text = format(points.normalize(), "f")
    return "0" if text == "-0" else text


def is_on_step(points: Decimal, step: Decimal) -> bool:
    """Tell whether points are a whole number of steps."""
    return points % step == ZERO


def round_half_up(points: Decimal) -> Decimal:
    """Return points with two decimals, halves away from zero, as Chinese score sheets round."""
    return points.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)
