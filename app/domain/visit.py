"""The visit a card was filled at, and what the unit says of the result (单位情况, 现场反馈).

The visit is part of the card's header: who received the team, by which road, under which
formalities. The opinion is part of its scores: a 文字更正 never touches it.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.evidence import Evidence
from app.domain.names import clean_line, clean_name, clean_text
from app.errors import AppError, Code


class VisitMode(StrEnum):
    """How the unit was assessed: 现场考核, or 远程考核 by papers and video."""

    ON_SITE = "on_site"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """Somebody of the unit who received the team (接待人员): name and post, nothing more."""

    name: str
    post: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recusal:
    """回避: what the assessors declared; '' is that none of them has an interest in the unit."""

    conflict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """纸质补录: who typed the card from paper, who compared it ('' not yet), the paper's scan.

    Raises AppError TRANSCRIPT_UNCHECKED when the same person did both.
    """

    typed_by: str
    checked_by: str = ""
    scan: Evidence | None = None

    def __post_init__(self) -> None:
        """Refuse a transcript that nobody else compared."""
        if self.typed_by == self.checked_by:
            raise AppError(Code.TRANSCRIPT_UNCHECKED, name=self.typed_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What is known of a visit. `recusal` is None while nothing was declared.

    `photos_allowed` is False for 单位不允许拍照; `transcript` is None unless the card was typed
    from paper.
    """

    mode: VisitMode = VisitMode.ON_SITE
    received_by: tuple[Host, ...] = ()
    photos_allowed: bool = True
    credentials_shown: bool = False
    recusal: Recusal | None = None
    transcript: Transcript | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """The unit's word on the scores: □无异议 □有异议, and what it says.

    Raises AppError OPINION_MISSING for an objection that does not say to what.
    """

    objects: bool
    text: str = ""

    def __post_init__(self) -> None:
        """Refuse an objection without words."""
        if self.objects and not self.text:
            raise AppError(Code.OPINION_MISSING)


def cleaned_visit(visit: Visit) -> Visit:
    """Return a visit with its names and texts as they are kept.

    Raises:
        AppError: NAME_EMPTY, NAME_TOO_LONG, TEXT_NOT_PRINTABLE, TRANSCRIPT_UNCHECKED.

    """
    return replace(
        visit,
        received_by=tuple(
            Host(name=clean_name(host.name), post=clean_line(host.post))
            for host in visit.received_by
        ),
        recusal=visit.recusal and Recusal(conflict=clean_text(visit.recusal.conflict)),
        transcript=visit.transcript and _cleaned_transcript(visit.transcript),
    )


def cleaned_opinion(opinion: Opinion) -> Opinion:
    """Return an opinion with its text as it is kept.

    Raises:
        AppError: OPINION_MISSING, NAME_TOO_LONG, TEXT_NOT_PRINTABLE.

    """
    return replace(opinion, text=clean_text(opinion.text))


def _cleaned_transcript(transcript: Transcript) -> Transcript:
    checked_by = transcript.checked_by.strip() and clean_name(transcript.checked_by)
    return replace(transcript, typed_by=clean_name(transcript.typed_by), checked_by=checked_by)
