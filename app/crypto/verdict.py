"""Whether to believe a signer: one verdict for CMS and PAdES, with a code for each refusal.

- Trust roots are the CA certificates compared by fingerprint, nothing else; nothing is fetched.
- An end entity is believed only with a current revocation list of its CA at hand. pyHanko's
  soft-fail and hard-fail trust a revoked signer whose certificate names no list, hence the policy
  below; without `retroactive_revinfo` it fails good signers at a past moment.
- A CA as signer is refused, although pyHanko trusts a trust root for everything.
- A CA's word counts for its own office only.
"""

import logging
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from asn1crypto.x509 import Certificate
from pyhanko.sign.validation.status import SignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from app.crypto.facts import PARSER_ERRORS, CertificateFacts, describe, read_ca, require_office
from app.crypto.revocation import RevocationList, read_crl
from app.crypto.run import run
from app.crypto.trust import TrustAnchors, TrustedOffice
from app.errors import AppError, Code

# It logs each refusal with a traceback; the refusals are raised here as codes.
logging.getLogger("pyhanko.sign.validation.generic_cms").setLevel(logging.CRITICAL)

_POLICY = CertRevTrustPolicy(
    RevocationCheckingPolicy(
        ee_certificate_rule=RevocationCheckingRule.CRL_REQUIRED,
        intermediate_ca_cert_rule=RevocationCheckingRule.NO_CHECK,
    ),
    retroactive_revinfo=True,
)
_POLICY_WITHOUT_LIST = CertRevTrustPolicy(
    RevocationCheckingPolicy(
        ee_certificate_rule=RevocationCheckingRule.NO_CHECK,
        intermediate_ca_cert_rule=RevocationCheckingRule.NO_CHECK,
    ),
)

Status = TypeVar("Status", bound=SignatureStatus)


def judge(
    signer: bytes,
    validate: Callable[[ValidationContext], Coroutine[object, object, Status]],
    *,
    trust: TrustAnchors,
    moment: datetime,
    now: datetime,
) -> tuple[CertificateFacts, Status]:
    """Return who signed and pyHanko's status, or refuse.

    `signer` is the certificate the signature names, `validate` pyHanko's check of that signature
    in the context it is given. `moment` is when the signature is known to have existed: the time
    of our own receipt when we hold one, else `now`. The status' own findings (a PDF's coverage)
    are left to the caller.

    Raises:
        AppError: SIGNATURE_INVALID, SIGNER_IS_CA, SIGNER_UNKNOWN, SIGNER_OFFICE_WRONG,
            REVOCATION_MISSING, REVOCATION_STALE, REVOCATION_DAMAGED, CERTIFICATE_REVOKED,
            CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID, CERTIFICATE_REFUSED,
            CERTIFICATE_DAMAGED.

    """
    office = trust.issuer_of(signer)
    listed = None if office is None or office.crl is None else read_crl(office.crl, office.ca)
    context = _context(office, moment, _POLICY if trust.needs_list else _POLICY_WITHOUT_LIST)
    with refusing_malformed():
        status = run(validate(context))
    if not (status.intact and status.valid):
        raise AppError(Code.SIGNATURE_INVALID)
    facts = describe(signer)
    if facts.is_ca:
        raise AppError(Code.SIGNER_IS_CA, name=facts.common_name)
    if office is None:
        raise AppError(
            Code.SIGNER_UNKNOWN, name=facts.common_name, organisation=facts.organisation
        )
    _check_revocation(facts, listed, moment=moment)
    if trust.needs_list:
        _require_list(facts, listed, moment=moment, now=now)
    _check_validity(facts, moment)
    issuer = read_ca(office.ca)
    _check_validity(issuer, moment)
    if not status.trusted:
        reason = getattr(status.trust_problem_indic, "name", "")
        raise AppError(Code.CERTIFICATE_REFUSED, name=facts.common_name, reason=reason)
    require_office(facts, issuer.office_code or "")
    return facts, status


@contextmanager
def refusing_malformed() -> Iterator[None]:
    """Turn what parsers raise over malformed signatures into AppError SIGNATURE_INVALID."""
    try:
        yield
    except PARSER_ERRORS as cause:
        raise AppError(Code.SIGNATURE_INVALID) from cause


def _context(
    office: TrustedOffice | None, moment: datetime, policy: CertRevTrustPolicy
) -> ValidationContext:
    return ValidationContext(
        trust_roots=[] if office is None else [Certificate.load(office.ca)],
        crls=[] if office is None or office.crl is None else [office.crl],
        moment=moment,
        revinfo_policy=policy,
        allow_fetching=False,
    )


def _check_revocation(
    facts: CertificateFacts, listed: RevocationList | None, *, moment: datetime
) -> None:
    """Refuse by the office's list; pyHanko lets a revocation of this very second pass."""
    revocation = None if listed is None else listed.of(facts.serial)
    if revocation is not None and revocation.at <= moment:
        raise AppError(
            Code.CERTIFICATE_REVOKED,
            name=facts.common_name,
            serial=facts.serial,
            date=_day(revocation.at, moment),
        )


def _require_list(
    facts: CertificateFacts, listed: RevocationList | None, *, moment: datetime, now: datetime
) -> None:
    """Refuse where no list says what is revoked today."""
    if listed is None:
        raise AppError(Code.REVOCATION_MISSING, organisation=facts.organisation)
    if listed.next_update < now:
        raise AppError(
            Code.REVOCATION_STALE,
            organisation=facts.organisation,
            date=_day(listed.next_update, moment),
        )


def _check_validity(facts: CertificateFacts, moment: datetime) -> None:
    if moment < facts.not_before:
        raise AppError(
            Code.CERTIFICATE_NOT_YET_VALID,
            name=facts.common_name,
            date=_day(facts.not_before, moment),
        )
    if facts.not_after < moment:
        raise AppError(
            Code.CERTIFICATE_EXPIRED, name=facts.common_name, date=_day(facts.not_after, moment)
        )


def _day(shown: datetime, moment: datetime) -> str:
    """Return the date in the time zone of `moment`."""
    return shown.astimezone(moment.tzinfo).date().isoformat()
