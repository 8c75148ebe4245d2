"""Whether a PDF or a package can be trusted, told point by point. Nothing is stored."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.crypto.facts import CertificateFacts
from app.crypto.trust import TrustAnchors
from app.errors import AppError, Code
from app.exchange.canonical import content_hash
from app.exchange.head import Kind
from app.exchange.profile import read_profile
from app.exchange.receipt import read_receipt
from app.exchange.sniff import FileKind
from app.files import read_whole
from app.services.assigned import judge_assignment
from app.services.desk import Desk
from app.services.gate import Gate, open_at_gate, open_gate
from app.services.proof import open_pdf, printed_differently, prove_document
from app.services.receive import judge_submission
from app.services.unlock import Unlocked

_NOT_THE_PACKAGE = frozenset(
    {Code.FILE_MISSING, Code.FILE_UNREADABLE, Code.DISK_FULL, Code.PACKAGE_NOT_FOR_US}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong, and where: a field of the print, a card, or '' for the whole file."""

    refusal: AppError
    where: str

    @property
    def code(self) -> Code:
        """Return the stable code."""
        return self.refusal.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The verdict on a file; `signer` is None where no signature could be trusted."""

    kind: FileKind
    signer: CertificateFacts | None
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Tell whether everything about the file holds."""
        return not self.faults


def trust_of(desk: Desk, profile: Path) -> TrustAnchors:
    """Return the trust a profile gives when its fingerprint was compared by the person asking."""
    office = read_profile(read_whole(profile), now=desk.clock.now())
    return TrustAnchors(offices=(office.trusted,))


def verify_pdf(desk: Desk, path: Path, *, trust: TrustAnchors | None = None) -> Report:
    """Verify a sealed PDF: the seal, the record inside, every printed figure.

    Raises:
        AppError: FILE_MISSING, FILE_UNREADABLE. What is wrong with the PDF is in the report.

    """
    content = read_whole(path)
    court = _trusting(open_gate(desk), trust).court(content_hash(content))
    signer: CertificateFacts | None = None
    try:
        opened = open_pdf(content, court)
        signer = opened.signer
        proven = prove_document(opened.record.document, opened.record.cms, court)
        problems = printed_differently(content, proven, court)
    except AppError as refusal:
        return Report(kind=FileKind.PDF, signer=signer, faults=(_fault(refusal),))
    return Report(
        kind=FileKind.PDF,
        signer=signer,
        faults=tuple(
            Fault(refusal=AppError(problem.code, where=problem.where), where=problem.where)
            for problem in problems
        ),
    )


def verify_package(
    desk: Desk, path: Path, unlocked: Unlocked, *, trust: TrustAnchors | None = None
) -> Report:
    """Verify a package as if it were taken in, card by card; nothing is kept.

    Raises:
        AppError: FILE_MISSING, FILE_UNREADABLE, DISK_FULL, PACKAGE_NOT_FOR_US (it cannot be read
            here at all). What is wrong with the package is in the report.

    """
    gate = _trusting(open_gate(desk), trust)
    signer: CertificateFacts | None = None
    faults: tuple[Fault, ...] = ()
    with desk.workspace.staging() as staging:
        try:
            package = open_at_gate(path, gate, unlocked, staging=staging)
            signer = package.signer
            if package.head.kind is Kind.RECEIPT:
                read_receipt(package)
            elif package.head.kind is Kind.ASSIGNMENT:
                judge_assignment(package, gate)
            else:
                submission, _ = judge_submission(package, gate)
                faults = tuple(
                    Fault(refusal=each.refusal, where=each.id) for each in submission.set_aside
                )
        except AppError as refusal:
            if refusal.code in _NOT_THE_PACKAGE:
                raise
            faults = (_fault(refusal),)
    return Report(kind=FileKind.PACKAGE, signer=signer, faults=faults)


def _trusting(gate: Gate, trust: TrustAnchors | None) -> Gate:
    return gate if trust is None else replace(gate, trust=trust)


def _fault(refusal: AppError) -> Fault:
    where = refusal.facts.get("where", refusal.facts.get("name", ""))
    return Fault(refusal=refusal, where=str(where))
