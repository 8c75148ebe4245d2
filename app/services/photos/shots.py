"""Small pictures of a card's photos for its print: planned at the desk, made without it.

Each original is read once: what has another hash than it was kept under is never shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.card import Card
from app.domain.evidence import Evidence, Sha256
from app.domain.evidence_list import EvidenceItem, photos_of
from app.domain.form import Form
from app.errors import AppError, Code
from app.files import read_whole
from app.ports.progress import Progress
from app.reports.card.evidence_words import taken
from app.reports.card.wording import local_time
from app.services.desk.desk import Desk

if TYPE_CHECKING:  # ReportLab takes 0.2 s to import, Pillow 0.1 s
    from app.reports.card.evidence_sheet import PhotoGrid, Shot


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A photo to be made small: its file, the clause it stands behind, when it was taken.

    `taken` is '' for one that never lay in the tray; then its Exif is asked.
    """

    file: Evidence
    path: Path
    clause: str
    taken: str

    def refusal(self, code: Code) -> AppError:
        """Return a refusal that names the photo and its clause."""
        return AppError(code, sha256=self.file.sha256, name=self.file.name, clause=self.clause)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotPlan:
    """The photos of a card: `count` of them are on it, `originals` those to be shown."""

    count: int
    originals: tuple[Original, ...]


def plan_shots(desk: Desk, card: Card, form: Form) -> ShotPlan:
    """Return what the pictures of a card's photos are made of; AppError EVIDENCE_MISSING."""
    photos = photos_of(card, form)
    return ShotPlan(
        count=len(photos), originals=tuple(_original(desk, form, photo) for photo in photos)
    )


def plan_held_shots(desk: Desk, card: Card, form: Form) -> ShotPlan:
    """Return the same of those photos that are here: an office may have a card without them."""
    photos = photos_of(card, form)
    held = (photo for photo in photos if desk.workspace.evidence.holds(photo.file.sha256))
    return ShotPlan(
        count=len(photos), originals=tuple(_original(desk, form, photo) for photo in held)
    )


def make_shots(plan: ShotPlan, progress: Progress) -> Mapping[Sha256, "Shot"]:
    """Make the pictures; what was reduced holds no fact of its original, its place least of all.

    Raises:
        AppError: EVIDENCE_MISSING, EVIDENCE_DAMAGED (another hash), EVIDENCE_UNREADABLE (it does
            not decode), each with the photo's name and clause.
        Cancelled: as `progress` says.

    """
    from app.reports.card.evidence_sheet import grid_for

    grid = grid_for(plan.count)
    shots = {}
    for done, original in enumerate(plan.originals):
        progress.advance(done, len(plan.originals))
        shots[original.file.sha256] = _shot(original, grid)
    progress.advance(len(plan.originals), len(plan.originals))
    return shots


def _original(desk: Desk, form: Form, photo: EvidenceItem) -> Original:
    file, clause = photo.file, form.number(photo.clauses[0])
    try:
        path = desk.workspace.evidence.path(file.sha256)
    except AppError as refusal:
        raise AppError(
            refusal.code, sha256=file.sha256, name=file.name, clause=clause
        ) from refusal
    known = desk.workspace.photos.get(file.sha256)
    return Original(file=file, path=path, clause=clause, taken=taken(known) if known else "")


def _shot(original: Original, grid: "PhotoGrid") -> "Shot":
    from app.pictures.facts import facts_of
    from app.pictures.opening import opened
    from app.pictures.scaling import jpeg_within, upright_within
    from app.reports.card.evidence_sheet import Shot

    content = _content(original)
    try:
        with opened(content, name=original.file.name) as picture:
            moment = facts_of(picture).taken_at
            small = upright_within(picture, grid.pixels)
    except AppError as refusal:
        raise original.refusal(Code.EVIDENCE_UNREADABLE) from refusal
    return Shot(
        jpeg=jpeg_within(small, grid.most_bytes),
        width=small.width,
        height=small.height,
        taken=original.taken or (local_time(moment) if moment else ""),
    )


def _content(original: Original) -> bytes:
    """Return the bytes of an original after its hash was compared."""
    try:
        content = read_whole(original.path)
    except AppError as refusal:
        gone = refusal.code is Code.FILE_MISSING
        code = Code.EVIDENCE_MISSING if gone else Code.EVIDENCE_UNREADABLE
        raise original.refusal(code) from refusal
    if sha256(content).hexdigest() != original.file.sha256:
        raise original.refusal(Code.EVIDENCE_DAMAGED)
    return content
