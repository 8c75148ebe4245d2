"""What a card names as evidence, in the order it is shown: clause after clause, each file once."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.card import Card
from app.domain.evidence import Evidence, Sha256
from app.domain.form import Clause, ClauseId, Form

_PHOTO_KINDS = frozenset(
    f"image/{kind}"
    for kind in ("jpeg", "png", "heic", "heif", "webp", "bmp", "gif", "tiff", "avif")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """A file, its running number among those of its kind, and every clause it stands behind."""

    file: Evidence
    number: int
    clauses: tuple[ClauseId, ...]

    @property
    def is_photo(self) -> bool:
        """Tell whether it is shown as a picture, by what the record says it is."""
        return is_photo(self.file)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseEvidence:
    """The evidence of one clause; `earlier` was shown at a clause before it."""

    clause: Clause
    shown: tuple[EvidenceItem, ...]
    earlier: tuple[EvidenceItem, ...]


def listed_evidence(card: Card, form: Form) -> tuple[ClauseEvidence, ...]:
    """Return the clauses that have evidence, in the order of the form; () without any."""
    numbered = _numbered(card, form)
    groups = []
    seen: set[Sha256] = set()
    for clause in form.clauses:
        files = tuple(numbered[file.sha256] for file in card.evidence.get(clause.id, ()))
        if files:
            earlier = sorted(
                (each for each in files if each.file.sha256 in seen),
                key=lambda each: each.number,
            )
            shown = tuple(each for each in files if each.file.sha256 not in seen)
            groups.append(ClauseEvidence(clause=clause, shown=shown, earlier=tuple(earlier)))
            seen.update(each.file.sha256 for each in files)
    return tuple(groups)


def photos_of(card: Card, form: Form) -> tuple[EvidenceItem, ...]:
    """Return the photos among the evidence of a card, in the order of their numbers."""
    return tuple(
        each for group in listed_evidence(card, form) for each in group.shown if each.is_photo
    )


def is_photo(file: Evidence) -> bool:
    """Tell whether a file is a picture of a kind that can be shown, by what was kept of it."""
    return file.media_type in _PHOTO_KINDS


def _numbered(card: Card, form: Form) -> dict[Sha256, EvidenceItem]:
    clauses: dict[Sha256, list[ClauseId]] = {}
    files: dict[Sha256, Evidence] = {}
    for clause, file in _named(card, form):
        clauses.setdefault(file.sha256, []).append(clause)
        files.setdefault(file.sha256, file)
    counts = {True: 0, False: 0}
    numbered = {}
    for sha256, file in files.items():
        counts[is_photo(file)] += 1
        numbered[sha256] = EvidenceItem(
            file=file, number=counts[is_photo(file)], clauses=tuple(clauses[sha256])
        )
    return numbered


def _named(card: Card, form: Form) -> Iterator[tuple[ClauseId, Evidence]]:
    for clause in form.clauses:
        for file in card.evidence.get(clause.id, ()):
            yield clause.id, file
