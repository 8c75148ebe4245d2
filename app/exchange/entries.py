"""Which names the entries of a package may have, so that unpacking it is safe on every system."""

import re
from collections.abc import Iterable

from app.errors import AppError, Code
from app.exchange.stored_zip import LONGEST_NAME, shown

# Lower case ASCII alone: no two names meet by case or normal form, and there is no drive, no
# stream, no backslash, no way up and no root to be had.
_SEGMENT = r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?"
_NAME = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*")
# What Windows takes for a device, with any suffix.
_DEVICE = re.compile(r"(?:^|/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|/|$)")


def is_safe_name(name: str) -> bool:
    """Tell whether a name is made like ours: segments of a-z, 0-9, '.', '-', '_', at most 200."""
    return (
        len(name) <= LONGEST_NAME
        and _NAME.fullmatch(name) is not None
        and _DEVICE.search(name) is None
    )


def check_names(names: Iterable[str]) -> None:
    """Refuse names that are unsafe or stand twice.

    Raises:
        AppError: PACKAGE_ENTRY_REFUSED, PACKAGE_ENTRY_DUPLICATE.

    """
    met: set[str] = set()
    for name in names:
        if not is_safe_name(name):
            raise AppError(Code.PACKAGE_ENTRY_REFUSED, name=shown(name))
        if name in met:
            raise AppError(Code.PACKAGE_ENTRY_DUPLICATE, name=name)
        met.add(name)
