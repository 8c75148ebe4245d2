"""How files are called: those inside a package, and the package itself for people."""

import re
from dataclasses import dataclass

from app.domain.card import CardId
from app.domain.evidence import Sha256
from app.domain.moment import local_date
from app.domain.supplement import SupplementHash
from app.exchange.head import Head, Kind

SUBMISSION = "data/submission.json"
RECEIPT = "data/receipt.json"
ASSIGNMENT = "data/assignment.json"
PROFILE = "data/office.akprofile"

_WORDS = {
    Kind.ASSIGNMENT: "任务",
    Kind.SUBMISSION: "报送",
    Kind.RECEIPT: "签收",
    Kind.ROLLUP: "上报",
}
# What Windows takes in no file name.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s.]+')
_LONGEST_WORD = 40  # a file name holds 255 bytes, a Han character up to four


@dataclass(frozen=True, slots=True, kw_only=True)
class CardNames:
    """Where a sealed revision stands in a package: canonical document, its CMS, its PDF."""

    document: str
    cms: str
    pdf: str

    @property
    def all(self) -> tuple[str, str, str]:
        """Return the three names."""
        return (self.document, self.cms, self.pdf)


def card_names(card_id: CardId, revision: int) -> CardNames:
    """Return where a revision stands."""
    stem = f"data/cards/{card_id}-r{revision}"
    return CardNames(document=f"{stem}.json", cms=f"{stem}.json.p7s", pdf=f"{stem}.pdf")


def supplement_names(supplement: SupplementHash) -> tuple[str, str]:
    """Return where a supplement stands: its document and its CMS."""
    return (f"data/supplements/{supplement}.json", f"data/supplements/{supplement}.json.p7s")


def evidence_name(sha256: Sha256) -> str:
    """Return where a file of evidence stands; one file serves any number of cards."""
    return f"data/evidence/{sha256}"


def suggested_name(head: Head, *, person: str) -> str:
    """Return a name people know a package by: 报送_张三_20201106_3家_第07号.akp.

    The date is that of China. Nothing is ever read from the name.
    """
    parts = [_WORDS[head.kind], word_of_a_name(person)]
    parts.append(f"{local_date(head.created):%Y%m%d}")
    if head.kind is Kind.SUBMISSION:
        parts.append(f"{head.counts.get('cards', 0)}家")
    parts.append(f"第{head.sequence:02}号")
    return "_".join(parts) + ".akp"


def word_of_a_name(text: str) -> str:
    """Return a name of a person or unit as it may stand in a file name."""
    return _FORBIDDEN.sub(" ", text).strip()[:_LONGEST_WORD]
