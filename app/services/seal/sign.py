"""签字确认 without a key: who confirmed a finished card, and in which manner.

Three steps, so that a window never waits: `plan_signatures` reads, `refuse_unprintable` draws the
card without the workspace, `keep_signatures` stores. `sign_card` does all three.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.card import Card, sign
from app.domain.form import Form
from app.domain.keyring import CredentialKind
from app.domain.names import clean_name
from app.domain.sealing import refuse_unfinished
from app.domain.signature import Manner, Signatory, Signature
from app.errors import AppError, Code
from app.exchange.card_document import card_hash, part_hashes, write_card
from app.services.cards.assess import open_card, save_card
from app.services.desk.desk import Changes, Desk
from app.services.desk.forms import guide_name, guide_with_hash
from app.services.desk.standing import holder_of

if TYPE_CHECKING:
    from app.crypto.facts import CertificateFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A signature as given: for whom, by whom, in which manner."""

    signatory: Signatory
    name: str
    manner: Manner


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningPlan:
    """A card before and after it is signed, with all that its print needs."""

    before: Card
    after: Card
    form: Form
    guide: str
    holder: "CertificateFacts | None"
    fonts: Path


def sign_card(
    desk: Desk, card_id: str, *, signatory: Signatory, name: str, manner: Manner
) -> tuple[Card, Changes]:
    """Put a signature under a finished card; raises as the three steps do."""
    given = Given(signatory=signatory, name=name, manner=manner)
    plan = plan_signatures(desk, card_id, [given])
    refuse_unprintable(plan)
    return keep_signatures(desk, plan)


def plan_signatures(desk: Desk, card_id: str, given: Sequence[Given]) -> SigningPlan:
    """Return a finished card with signatures, each in place of an earlier one of its signatory.

    They stand over the two hashes of the card as it is now; a later change of content removes
    them.

    Raises:
        AppError: CARD_UNKNOWN, CARD_SEALED, CARD_UNFINISHED, REASON_MISSING, NAME_EMPTY.

    """
    before, form = open_card(desk, card_id)
    refuse_unfinished(before, form)
    hashes = part_hashes(before, form)
    after = before
    for one in given:
        signature = Signature(
            signatory=one.signatory,
            name=clean_name(one.name),
            at=desk.clock.now(),
            manner=one.manner,
            header_hash=hashes.header,
            scores_hash=hashes.scores,
        )
        after = sign(after, signature)
    return SigningPlan(
        before=before,
        after=after,
        form=form,
        guide=guide_name(guide_with_hash(desk, before.terms.guide, before.terms.form)),
        holder=holder_of(desk, CredentialKind.INSPECTOR),
        fonts=desk.resources / "fonts",
    )


def refuse_unprintable(plan: SigningPlan) -> None:
    """Raise unless the card can be printed: before people sign what could not be sealed.

    Raises:
        AppError: GLYPH_MISSING, LAYOUT_OVERFLOW.

    """
    from app.reports.card.scorecard import draw_scorecard
    from app.reports.card.sealers import SealedBy, sealer
    from app.reports.typeset.fonts import load_fonts
    from app.services.seal.proof import scorecard_of

    scorecard = scorecard_of(
        plan.after,
        plan.form,
        document=write_card(plan.after, plan.form),
        guide=plan.guide,
        seals=(SealedBy(sealer(plan.holder), plan.after.signatures[-1].at),)
        if plan.holder
        else (),
    )
    draw_scorecard(scorecard, load_fonts(plan.fonts))


def keep_signatures(desk: Desk, plan: SigningPlan) -> tuple[Card, Changes]:
    """Store the signatures; AppError CARD_SEALED, CARD_CONFLICT when the card is not as it was."""
    held, form = open_card(desk, plan.before.id)
    if held != plan.before:
        raise AppError(
            Code.CARD_CONFLICT, card=held.id, hashes=card_hash(write_card(plan.after, form))
        )
    return save_card(desk, plan.before, plan.after, action="card.sign")
