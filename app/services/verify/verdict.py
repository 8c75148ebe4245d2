"""What verification says: a row of named checks, the worst of which counts, and signed figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.crypto.facts import CertificateFacts
from app.errors import AppError, Code, FactValue
from app.reports.card.wording import LAYOUT


class Kind(StrEnum):
    """What was brought, by its content."""

    PDF = "pdf"
    IMAGE = "image"
    CODE = "code"
    PACKAGE = "package"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """What came of a check. A check whose precondition failed is not checked, never passed."""

    PASSED = "passed"
    WARNED = "warned"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"


class CheckName(StrEnum):
    """The checks by their stable names, in the order they are made."""

    LAYOUT = "layout"
    SIGNATURE = "signature"
    CHAIN = "chain"
    REVOCATION = "revocation"
    SIGNER = "signer"
    TIME = "time"
    SECOND_SEAL = "second_seal"
    ATTACHMENTS = "attachments"
    RECORD = "record"
    FORM = "form"
    TEXT = "text"
    CONTENT = "content"
    QR = "qr"
    PACKAGE = "package"
    CARDS = "cards"
    REVISION = "revision"
    PRACTICE = "practice"
    EXPECTED = "expected"


_STAGES: Mapping[Code, CheckName] = {
    Code.PDF_DAMAGED: CheckName.LAYOUT,
    Code.PDF_NOT_A_SCORECARD: CheckName.LAYOUT,
    Code.PDF_LAYOUT_UNKNOWN: CheckName.LAYOUT,
    Code.PDF_NOT_SEALED: CheckName.SIGNATURE,
    Code.PDF_CHANGED_AFTER_SEAL: CheckName.SIGNATURE,
    Code.SIGNATURE_INVALID: CheckName.SIGNATURE,
    Code.SIGNER_IS_CA: CheckName.CHAIN,
    Code.SIGNER_UNKNOWN: CheckName.CHAIN,
    Code.CERTIFICATE_DAMAGED: CheckName.CHAIN,
    Code.CERTIFICATE_EXPIRED: CheckName.CHAIN,
    Code.CERTIFICATE_NOT_YET_VALID: CheckName.CHAIN,
    Code.CERTIFICATE_REFUSED: CheckName.CHAIN,
    Code.CERTIFICATE_REVOKED: CheckName.REVOCATION,
    Code.REVOCATION_DAMAGED: CheckName.REVOCATION,
    Code.REVOCATION_MISSING: CheckName.REVOCATION,
    Code.REVOCATION_STALE: CheckName.REVOCATION,
    Code.SIGNER_ROLE_WRONG: CheckName.SIGNER,
    Code.SIGNER_OFFICE_WRONG: CheckName.SIGNER,
    Code.PDF_RECORD_MISSING: CheckName.ATTACHMENTS,
    Code.PDF_RECORD_ALTERED: CheckName.RECORD,
    Code.PDF_SIGNERS_DIFFER: CheckName.RECORD,
    Code.FORM_UNKNOWN: CheckName.FORM,
    Code.PDF_TEXT_DIFFERS: CheckName.TEXT,
    Code.PDF_CONTENT_FOREIGN: CheckName.CONTENT,
    Code.SECOND_SEALER_SAME: CheckName.SECOND_SEAL,
    Code.SECOND_SEALER_NOT_IN_TEAM: CheckName.SECOND_SEAL,
    Code.PROOF_MISSING: CheckName.QR,
    Code.PROOF_DAMAGED: CheckName.QR,
}
_GRAVITY = {
    Outcome.NOT_CHECKED: 0,
    Outcome.PASSED: 1,
    Outcome.WARNED: 2,
    Outcome.FAILED: 3,
}
# Of a CMS they are made in this order within one call: what comes before the one refused held.
HELD_BEFORE: Mapping[CheckName, Mapping[str, FactValue]] = {
    CheckName.LAYOUT: {"layout": LAYOUT},
    CheckName.SIGNATURE: {},
    CheckName.CHAIN: {},
    CheckName.REVOCATION: {},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What came of one check.

    `refusals` say what is wrong (FAILED) or worth attention (WARNED); `facts` fill the sentence of
    an outcome without them, `variant` names a sentence of its own ('' for the usual one).
    """

    name: CheckName
    outcome: Outcome
    refusals: tuple[AppError, ...] = ()
    variant: str = ""
    facts: Mapping[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was signed, as far as it is shown: of a card, or of the code on its paper."""

    unit: str
    day: date
    total: Decimal
    base: Decimal
    bonus: Decimal
    sections: tuple[tuple[str, Decimal], ...]
    card: str
    revision: int
    check_code: str
    signer: str


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
    """The verdict: `signer` is None where no signature could be trusted, `figures` likewise.

    `hash` is that of the record, '' where it is not known or was not proven.
    """

    kind: Kind
    checks: tuple[Check, ...]
    signer: CertificateFacts | None = None
    figures: Figures | None = None
    hash: str = ""

    @property
    def outcome(self) -> Outcome:
        """Return the worst of what was checked; what was not checked counts for nothing."""
        found = {check.outcome for check in self.checks}
        worst = (Outcome.FAILED, Outcome.WARNED)
        return next((each for each in worst if each in found), Outcome.PASSED)

    @property
    def ok(self) -> bool:
        """Tell whether nothing is wrong."""
        return self.outcome is not Outcome.FAILED

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Return everything that is wrong, in the order it was found."""
        return tuple(
            Fault(refusal=refusal, where=_where(refusal))
            for check in self.checks
            if check.outcome is Outcome.FAILED
            for refusal in check.refusals
        )

    def check(self, name: CheckName) -> Check:
        """Return what came of a check; one that does not belong here was not checked."""
        found = (check for check in self.checks if check.name is name)
        return next(found, Check(name=name, outcome=Outcome.NOT_CHECKED))


class Findings:
    """Collects what came of the checks that belong to a kind of thing, in their order."""

    def __init__(self, *names: CheckName) -> None:
        self._names = names
        self._found: dict[CheckName, Check] = {}

    def passed(self, name: CheckName, /, *, variant: str = "", **facts: FactValue) -> None:
        """Note that a check holds."""
        self._note(Check(name=name, outcome=Outcome.PASSED, variant=variant, facts=facts))

    def warned(self, name: CheckName, /, *refusals: AppError) -> None:
        """Note that a check holds, but for something a person should know."""
        self._note(Check(name=name, outcome=Outcome.WARNED, refusals=refusals))

    def cautioned(self, name: CheckName, /, *, variant: str = "", **facts: FactValue) -> None:
        """Note that a check holds, with a caution no error code stands for."""
        self._note(Check(name=name, outcome=Outcome.WARNED, variant=variant, facts=facts))

    def failed(self, name: CheckName, /, *refusals: AppError) -> None:
        """Note that a check does not hold."""
        self._note(Check(name=name, outcome=Outcome.FAILED, refusals=refusals))

    def unproven(self, name: CheckName, /, *, variant: str, **facts: FactValue) -> None:
        """Note that nothing can be said of a check, and why."""
        self._note(Check(name=name, outcome=Outcome.NOT_CHECKED, variant=variant, facts=facts))

    def stopped(
        self,
        refusal: AppError,
        *,
        at: CheckName,
        held: Mapping[CheckName, Mapping[str, FactValue]] = HELD_BEFORE,
    ) -> None:
        """Note the refusal that ended the checks: at its own stage, else where they had come."""
        stage = _STAGES.get(refusal.code, at)
        for name, facts in held.items():
            if name is stage:
                break
            if name in self._names and name not in self._found:
                self._note(Check(name=name, outcome=Outcome.PASSED, facts=facts))
        self.failed(stage if stage in self._names else at, refusal)

    @property
    def checks(self) -> tuple[Check, ...]:
        """Return all checks; what nothing is known of was not checked."""
        missing = Outcome.NOT_CHECKED
        return tuple(
            self._found.get(name, Check(name=name, outcome=missing)) for name in self._names
        )

    def _note(self, check: Check) -> None:
        """Keep the worse of two findings of one check: a second look never mends the first."""
        before = self._found.get(check.name)
        if before is None or _GRAVITY[check.outcome] >= _GRAVITY[before.outcome]:
            self._found[check.name] = check


def _where(refusal: AppError) -> str:
    return str(refusal.facts.get("where", refusal.facts.get("name", "")))
