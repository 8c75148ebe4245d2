"""A tray as it will be once a key's work is kept: shown at once, so that the next key is right."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.evidence import Sha256
from app.domain.form import ClauseId

if TYPE_CHECKING:  # pictures take 75 ms to import
    from app.services.photos.photos import Filing, Tray, TrayPhoto


def chosen(tray: "Tray", keys: Sequence[str]) -> "tuple[TrayPhoto, ...]":
    """Return the photos of a tray with these keys, in their order in the tray."""
    wanted = set(keys)
    return tuple(item for item in (*tray.photos, *tray.unclaimed) if item.photo.sha256 in wanted)


def family(tray: "Tray", keys: Sequence[str]) -> "tuple[TrayPhoto, ...]":
    """Return photos together with their marked copies, or copies with their originals."""
    roots = {item.photo.root for item in chosen(tray, keys)}
    return tuple(item for item in (*tray.photos, *tray.unclaimed) if item.photo.root in roots)


def with_filed(tray: "Tray", items: "Sequence[TrayPhoto]", clauses: Sequence[ClauseId]) -> "Tray":
    """Return the tray with photos behind clauses; nobody's photos become the unit's."""
    return _with(tray, items, lambda item: tuple(dict.fromkeys((*item.clauses, *clauses))))


def with_unfiled(tray: "Tray", items: "Sequence[TrayPhoto]") -> "Tray":
    """Return the tray with photos behind no clause."""
    return _with(tray, items, lambda _: ())


def without(tray: "Tray", items: "Sequence[TrayPhoto]") -> "Tray":
    """Return the tray without photos that go to another one."""
    return replace(
        tray,
        photos=tuple(item for item in tray.photos if item not in items),
        unclaimed=tuple(item for item in tray.unclaimed if item not in items),
    )


def filing_of(
    items: "Sequence[TrayPhoto]",
    clauses: Sequence[ClauseId],
    travelling: "Callable[[TrayPhoto], Sha256]",
) -> "Filing":
    """Return what has to go onto the card; what is there already is left out."""
    return {
        clause: [travelling(item) for item in items if clause not in item.clauses]
        for clause in clauses
    }


def filing_held(items: "Sequence[TrayPhoto]") -> "Filing":
    """Return what has to come off the card, under whatever hash it stands there."""
    held = dict.fromkeys(clause for item in items for clause in item.clauses)
    return {
        clause: [sha256 for item in items if clause in item.clauses for sha256 in item.hashes]
        for clause in held
    }


def _with(
    tray: "Tray",
    items: "Sequence[TrayPhoto]",
    clauses: "Callable[[TrayPhoto], tuple[ClauseId, ...]]",
) -> "Tray":
    def expected(item: "TrayPhoto") -> "TrayPhoto":
        return replace(item, clauses=clauses(item)) if item in items else item

    left = tuple(item for item in tray.unclaimed if item not in items)
    claimed = tuple(item for item in tray.unclaimed if item in items)
    return replace(tray, photos=tuple(map(expected, (*tray.photos, *claimed))), unclaimed=left)
