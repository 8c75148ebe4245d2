"""Our sealing of a drawn card against bare pyHanko's PAdES B-B of the same file with the same key.

In turns in one run. Bare pyHanko makes its cheapest one, a certifying signature in a field that
nobody sees; everything else is left to it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from statistics import median
from time import perf_counter

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from app.crypto.identity import SigningIdentity, pyhanko_signer
from app.crypto.run import run
from app.reports.card.scorecard import draw, lay_out
from app.reports.seal.seal import Sealing, seal_print
from tests.forms import complete_card
from tests.scorecards import SEALED_AT, fonts, printed, sealing, with_assessors

GOAL = 1.5
_ROUNDS = 40
_WARMING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The medians, in seconds."""

    bare: float
    ours: float

    @property
    def ratio(self) -> float:
        """Return how many times as long ours takes."""
        return self.ours / self.bare

    @property
    def is_met(self) -> bool:
        """Tell whether it is within its bounds."""
        return self.ratio <= GOAL

    @property
    def sentence(self) -> str:
        """Return it for people."""
        return (
            f"seal {self.ours * 1000:.1f} ms, bare pyHanko {self.bare * 1000:.1f} ms, "
            f"ratio {self.ratio:.2f}, goal {GOAL} or less: {'met' if self.is_met else 'MISSED'}"
        )

    def as_json(self) -> Mapping[str, float | bool]:
        """Return it for machines."""
        return {
            "bare_seconds": self.bare,
            "seconds": self.ours,
            "ratio": self.ratio,
            "goal": GOAL,
            "met": self.is_met,
        }


def measure() -> Figures:
    """Seal and sign the same drawn card, in turns."""
    scorecard = printed(with_assessors(complete_card(), 1))
    layout = lay_out(scorecard, fonts())
    drawn = draw(layout, scorecard, fonts(), attachments=sealing().record().attachments)
    identity = sealing().inspector
    ours = Sealing(identity=identity, moment=SEALED_AT)
    taken: dict[str, list[float]] = {"bare": [], "ours": []}
    for _ in range(_WARMING + _ROUNDS):
        taken["bare"].append(_seconds(lambda: _signed(drawn, identity)))
        taken["ours"].append(_seconds(lambda: seal_print(drawn, layout.seals, ours)))
    bare, sealed = (median(each[_WARMING:]) for each in taken.values())
    return Figures(bare=bare, ours=sealed)


def _signed(pdf: bytes, identity: SigningIdentity) -> bytes:
    """Return the file as bare pyHanko certifies it."""
    metadata = PdfSignatureMetadata(
        field_name="Seal",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signing = PdfSigner(metadata, pyhanko_signer(identity))
    signed = run(signing.async_sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf))))
    return bytes(signed.getvalue())


def _seconds(work: Callable[[], bytes]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started
