"""单位回复: a photo or scan of a returned 整改建议书, filed at the hazards its codes name."""

from collections.abc import Sequence
from pathlib import Path

from app.domain.evidence import Evidence
from app.domain.hazard import Hazard, HazardId, Side
from app.errors import AppError, Code
from app.files import read_whole
from app.services.desk.desk import Changes, Desk, changed
from app.services.desk.intake import take_evidence
from app.services.units.hazards import add_photos


def hazards_on(content: bytes, *, name: str) -> tuple[HazardId, ...]:
    """Return the hazards a picture or PDF names, on the compute lane; none where it is neither."""
    from app.reports.sheets.rectification_sheet import HAZARD_CODE
    from app.services.desk.printed_codes import codes_apart

    try:
        texts = codes_apart(content, name=name, prefix=HAZARD_CODE)
    except AppError:
        return ()
    return tuple(HazardId(text.removeprefix(HAZARD_CODE)) for text in texts)


def file_reply(
    desk: Desk, photo: Evidence, named: Sequence[HazardId], *, beside: Hazard | None = None
) -> tuple[tuple[Hazard, ...], Changes]:
    """Put a kept photo after the rectification of the hazards it names, else of the one beside.

    Raises:
        AppError: HAZARD_CODE_MISSING (it names none that is known here, and none is beside),
            HAZARD_SETTLED (all of them are).

    """
    known = (desk.workspace.hazards.get(each) for each in named)
    hazards = [each for each in known if each is not None] or ([beside] if beside else [])
    if not hazards:
        raise AppError(Code.HAZARD_CODE_MISSING, name=photo.name)
    filed, nouns = [], changed().nouns
    for hazard in [each for each in hazards if not each.is_settled] or hazards:
        after, changes = add_photos(desk, hazard, Side.AFTER, [photo])
        filed.append(after)
        nouns |= changes.nouns
    return tuple(filed), Changes(nouns=nouns)


def take_reply(desk: Desk, path: Path) -> tuple[tuple[Hazard, ...], Changes]:
    """Keep a photo or scan and file it by its codes.

    Raises:
        AppError: FILE_MISSING, FILE_UNREADABLE, EVIDENCE_EMPTY, and as `file_reply`; nothing is
            kept of a file that names no hazard.

    """
    named = hazards_on(read_whole(path), name=path.name)
    if not any(desk.workspace.hazards.get(each) for each in named):
        raise AppError(Code.HAZARD_CODE_MISSING, name=path.name)
    return file_reply(desk, take_evidence(desk, path), named)
