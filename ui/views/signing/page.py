"""签字确认 as it is shown: made of a card and of what is around it, never kept."""

from dataclasses import dataclass
from datetime import date

from app.domain.card import CardId, team
from app.domain.checks import Finding, Hint
from app.domain.delivery import State
from app.domain.moment import local_date
from app.domain.points import points_text
from app.domain.sealing import refuse_unfinished, refuse_unsealable
from app.domain.signature import Signatory
from app.errors import AppError
from app.reports.card.wording import OBJECTION_DAYS, check_code
from app.services.seal.confirm import Confirmation
from ui.labels import SEPARATOR, Labels
from ui.views.signing.places import Place, Standing, local_time, places_of
from ui.views.signing.revision_note import RevisionNote, revision_note

_CAUTIONS = (
    Hint.ONE_ASSESSOR,
    Hint.SAME_PERSON_SIGNS,
    Hint.DATE_OUTSIDE_SEASON,
    Hint.MAJOR_HAZARD_OPEN,
    Hint.TRANSCRIPT_UNCHECKED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """How it stands with the key: whether there is a credential, and whether it is open today."""

    has_credential: bool
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedNote:
    """A sealed card: what was sealed, by whom, when; `may_correct` by who sits here."""

    lines: tuple[str, ...]
    may_correct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One card.

    `holds` say what keeps it from being signed; `is_ready` that it may be sealed, `is_for_two`
    that a second assessor may seal it too; `busy` what is under way, '' for nothing.
    """

    card: CardId
    about: str
    what: str
    meaning: str
    state: State
    state_word: str
    figures: tuple[tuple[str, str], ...]
    holds: tuple[str, ...]
    cautions: tuple[str, ...]
    places: tuple[Place, ...]
    is_ready: bool
    is_for_two: bool
    lock: Lock
    revision: RevisionNote | None
    sealed: SealedNote | None
    today: date
    busy: str

    @property
    def first_empty(self) -> int:
        """Return the first place where nobody stands yet, else the last."""
        empty = (n for n, place in enumerate(self.places) if place.standing is Standing.EMPTY)
        owed = (n for n, place in enumerate(self.places) if place.is_open)
        return next(empty, next(owed, len(self.places) - 1))


def page_of(
    read: Confirmation,
    labels: Labels,
    *,
    is_unlocked: bool,
    sealers: tuple[str, ...],
    busy: str,
) -> Page:
    """Return a card as it is shown; `sealers` are known a moment after a sealed one was read."""
    view = read.view
    is_sealed = view.sealed is not None
    holds = () if is_sealed else _holds(read, labels)
    is_ready = not is_sealed and not holds and _is_sealable(read)
    day = view.card.date_to.isoformat()
    figures = (
        (labels("scoring.base"), points_text(view.totals.base)),
        (labels("scoring.bonus"), points_text(view.totals.bonus)),
        (labels("scoring.total"), points_text(view.totals.total)),
    )
    return Page(
        card=view.card.id,
        about=day,
        what=SEPARATOR.join(
            (labels.unit(view.card.unit), day, *(f"{name} {sum_}" for name, sum_ in figures))
        ),
        meaning=labels("signing.meaning", office=view.card.office.name, days=OBJECTION_DAYS),
        state=view.state,
        state_word=_state_word(read, labels, holds=holds, is_ready=is_ready),
        figures=figures,
        holds=holds,
        cautions=() if is_sealed else _cautions(read, labels),
        places=places_of(read, labels, is_sealed=is_sealed),
        is_ready=is_ready,
        is_for_two=is_ready and len(team(view.card)) > 1,
        lock=Lock(has_credential=read.credential is not None, is_open=is_unlocked),
        revision=revision_note(read, labels),
        sealed=_sealed(read, labels, sealers),
        today=local_date(read.now),
        busy=busy,
    )


def _holds(read: Confirmation, labels: Labels) -> tuple[str, ...]:
    """Return what keeps a draft from being signed, a sentence each."""
    sentences = []
    for hint, key in ((Hint.OPEN, "signing.hold.open"), (Hint.NO_REASON, "signing.hold.reason")):
        count = len(_found(read, hint))
        if count:
            sentences.append(labels(key, count=count))
    if not sentences:
        try:
            refuse_unfinished(read.view.card, read.view.form)
        except AppError as refusal:
            sentences.append(labels.refusal(refusal))
    return tuple(sentences)


def _cautions(read: Confirmation, labels: Labels) -> tuple[str, ...]:
    return tuple(labels.hint(found.hint) for found in read.findings if found.hint in _CAUTIONS)


def _found(read: Confirmation, hint: Hint) -> tuple[Finding, ...]:
    return tuple(found for found in read.findings if found.hint is hint)


def _is_sealable(read: Confirmation) -> bool:
    try:
        refuse_unsealable(read.view.card, read.view.form)
    except AppError:
        return False
    return True


def _state_word(
    read: Confirmation, labels: Labels, *, holds: tuple[str, ...], is_ready: bool
) -> str:
    if read.view.sealed or holds:
        return labels.state(read.view.state)
    if not is_ready:
        return labels("signing.state.unsigned")
    return labels("signing.state.pending" if read.view.pending else "signing.state.ready")


def _sealed(read: Confirmation, labels: Labels, sealers: tuple[str, ...]) -> SealedNote | None:
    sealed = read.view.sealed
    if sealed is None:
        return None
    lines = [
        labels("signing.sealed.at", revision=sealed.revision, at=local_time(sealed.sealed_at)),
        labels("signing.sealed.by", name="、".join(sealers) or "…"),
        labels("signing.sealed.hash", hash=check_code(sealed.hash)),
    ]
    if read.late:
        lines.append(labels("signing.sealed.late", count=len(read.late)))
    owed = [signature for signature in read.view.pending if signature.signatory is Signatory.UNIT]
    if owed:
        lines.append(labels("signing.sealed.owed"))
    return SealedNote(
        lines=tuple(lines), may_correct=read.credential is not None or not sealed.received_in
    )
