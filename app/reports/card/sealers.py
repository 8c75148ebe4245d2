"""Who seals a card, how his seal names him, and what it shows in its place.

The first seal is drawn with the page; a second one brings the same drawing as its appearance.
"""

from dataclasses import dataclass
from datetime import datetime

from app.crypto.facts import CertificateFacts
from app.domain.card import Card
from app.domain.signature import Ink, Signatory
from app.errors import AppError, Code
from app.reports.card import wording
from app.reports.typeset.fonts import Fonts
from app.reports.typeset.page import (
    LEADING,
    Drawn,
    Named,
    Page,
    Rect,
    block,
    set_block,
    set_sentence,
)

_INK_WIDTH = 92.0
_PAD = 4.0
_SIZES = (9.5, 8.0, 6.5, 5.0)  # a name of 64 characters and a post as long still fit
_LINE_SIZE = 8.0


@dataclass(frozen=True, slots=True)
class SealedBy:
    """An inspector who seals: 姓名（职务）, and the time he claims."""

    name: str
    at: datetime


def sealer(signer: CertificateFacts) -> str:
    """Return how a seal names the inspector."""
    return f"{signer.common_name}（{signer.post}）" if signer.post else signer.common_name


def ink_of(card: Card, by: SealedBy) -> Ink | None:
    """Return the ink an assessor of this name signed the card with, None where he did not."""
    for held in card.signatures:
        is_his = by.name == held.name or by.name.startswith(f"{held.name}（")
        if is_his and held.signatory is not Signatory.UNIT and isinstance(held.manner, Ink):
            return held.manner
    return None


def set_seal(page: Page, fonts: Fonts, by: SealedBy, *, ink: Ink | None, place: Rect) -> None:
    """Put into its place what a seal shows: ink, name, post, role and time.

    Raises:
        AppError: LAYOUT_OVERFLOW when the name is longer than any certificate holds.

    """
    left = place.left + _PAD
    if ink is not None:
        right = left + _INK_WIDTH
        page.ink.append(Drawn(ink, Rect(left, place.bottom + 3, right, place.top - 3)))
        left = right + 2 * _PAD
    room = place.height - _LINE_SIZE * LEADING
    for size in _SIZES:
        name = block(fonts, by.name, width=place.right - _PAD - left, size=size)
        if name.height <= room:
            break
    else:
        raise AppError(Code.LAYOUT_OVERFLOW, where="sealed_by")
    top = place.top - (room - name.height) / 2
    rect = set_block(page, name, left=left, top=top)
    page.name_field("sealed_by", rect, name.text)
    at = Named("sealed_at", wording.local_time(by.at))
    pieces = (f"{wording.SEALER_ROLE}　", at)
    set_sentence(page, fonts, pieces, left=left, top=top - name.height, size=_LINE_SIZE)
