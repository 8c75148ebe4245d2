"""Time stamps over a signature (RFC 3161): asked of a service, and read.

What is kept of an answer is its token in one canonical form: the signer's certificate first, those
between it and the service's CA, nothing that the stamp does not cover and that anybody could
change. Revocation of the service's certificate is not asked for: nothing is fetched.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from asn1crypto.algos import DigestAlgorithm, SignedDigestAlgorithm
from asn1crypto.cms import ContentInfo, ContentType, SignedData
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from app.crypto.der import octets, only, sequence, small, tagged
from app.crypto.facts import PARSER_ERRORS, describe
from app.crypto.run import run, run_within
from app.crypto.verdict import refusing_malformed
from app.domain.time_stamp import StampService
from app.errors import AppError, Code

MOST_SECONDS = 5.0
MOST_BYTES = 12_288  # of a token; usual ones have 1,000 to 6,000
FARTHEST = timedelta(days=1)  # between the service's clock and that of who seals
_SIGNED_DATA = ContentType("signed_data").dump()
_STAMP_INFO = ContentType("tst_info").dump()


@dataclass(frozen=True, slots=True, kw_only=True)
class StampSeen:
    """A time stamp over a signature: `at` is proven when its authority `is_known`."""

    at: datetime
    authority: str
    is_known: bool

    def known_by(self, moment: datetime) -> datetime:
        """Return when the signature is known to have existed, `moment` at the latest."""
        return min(self.at, moment) if self.is_known else moment


def ask_stamp(
    signature: bytes, service: StampService, *, now: datetime, seconds: float = MOST_SECONDS
) -> bytes:
    """Have the service stamp a signature; return the token, DER. Only the hash of it leaves.

    Raises:
        AppError: TIME_STAMP_UNREACHABLE (no answer in so many seconds), TIME_STAMP_REFUSED (no
            stamp, not over this signature, not by the service, not of these days, or too long).

    """
    digest = hashlib.sha256(signature).digest()
    asking = HTTPTimeStamper(service.url, timeout=seconds).async_timestamp(digest, "sha256")
    try:
        token = _kept(run_within(seconds, asking)["content"], signature, service, now)
        stamp = read_stamp(token, signature, stampers=(service.ca,), moment=now)
    except TimestampRequestError as cause:
        # pyHanko has one error for no answer, which has a cause, and for the answer no
        code = Code.TIME_STAMP_UNREACHABLE if cause.__cause__ else Code.TIME_STAMP_REFUSED
        raise AppError(code, url=service.url) from cause
    except TimeoutError as cause:
        raise AppError(Code.TIME_STAMP_UNREACHABLE, url=service.url) from cause
    except (*PARSER_ERRORS, AppError) as cause:
        raise AppError(Code.TIME_STAMP_REFUSED, url=service.url) from cause
    is_near = abs(stamp.at - now) <= FARTHEST
    if not (stamp.is_known and is_near and len(token) <= MOST_BYTES):
        raise AppError(Code.TIME_STAMP_REFUSED, url=service.url)
    return token


def read_stamp(
    token: bytes, signature: bytes, *, stampers: Iterable[bytes], moment: datetime
) -> StampSeen:
    """Return what a token over this signature says.

    Its authority is known when one of the CA certificates stands behind it, both when it stamped
    and at `moment`: a key whose certificate ran out proves nothing any more.

    Raises:
        AppError: SIGNATURE_INVALID when it does not fit the signature, or a byte of it is not as
            `ask_stamp` returns it.

    """
    with refusing_malformed():
        signed = ContentInfo.load(token, strict=True)["content"]
        certificates = [each.chosen.dump() for each in signed["certificates"]]
        if _written(signed, certificates) != token or not _is_chain(certificates):
            raise ValueError("a token in another form")
        at: datetime = signed["encap_content_info"]["content"].parsed["gen_time"].native
        roots = [Certificate.load(ca) for ca in stampers]
        verdicts = [_judged(signed, signature, roots, when) for when in (moment, at)]
        usage = Certificate.load(certificates[0]).extended_key_usage_value
        is_for_stamps = usage is not None and usage.native == ["time_stamping"]
    if not (is_for_stamps and all(verdict.intact and verdict.valid for verdict in verdicts)):
        raise AppError(Code.SIGNATURE_INVALID)
    facts = describe(certificates[0])
    return StampSeen(
        at=at,
        authority=facts.common_name or facts.organisation,
        is_known=all(verdict.trusted for verdict in verdicts),
    )


def _kept(answer: SignedData, signature: bytes, service: StampService, now: datetime) -> bytes:
    """Return the token of an answer as it is kept, without the certificates nobody needs."""
    verdict = _judged(answer, signature, [Certificate.load(service.ca)], now)
    path = verdict.validation_path
    if path is None:
        raise ValueError("not by this service")
    chain = [each.dump() for each in path.iter_certs(include_root=False)]
    return _written(answer, chain[::-1])


def _judged(
    signed: SignedData, signature: bytes, roots: list[Certificate], moment: datetime
) -> TimestampSignatureStatus:
    context = ValidationContext(
        trust_roots=roots, moment=moment, allow_fetching=False, revocation_mode="soft-fail"
    )
    judging = validate_tst_signed_data(
        signed, context, lambda algorithm: hashlib.new(algorithm, signature).digest()
    )
    return TimestampSignatureStatus(**run(judging))


def _is_chain(certificates: list[bytes]) -> bool:
    """Tell whether each certificate is signed by the next one."""
    try:
        loaded = [x509.load_der_x509_certificate(each) for each in certificates]
        for issued, issuer in pairwise(loaded):
            issued.verify_directly_issued_by(issuer)
    except (InvalidSignature, UnsupportedAlgorithm, x509.InvalidVersion):
        return False
    return True


def _written(signed: SignedData, certificates: list[bytes]) -> bytes:
    """Return a token (RFC 3161, 2.4.2) of what its signature covers and of these certificates."""
    signer = signed["signer_infos"][0]
    certificate = Certificate.load(certificates[0])["tbs_certificate"]
    content = signed["encap_content_info"]["content"]
    digest = DigestAlgorithm({"algorithm": signer["digest_algorithm"]["algorithm"]}).dump()
    mechanism = signer["signature_algorithm"]["algorithm"]
    info = sequence(
        small(1),
        sequence(certificate["issuer"].dump(), certificate["serial_number"].dump()),
        digest,
        tagged(0, signer["signed_attrs"].contents),
        SignedDigestAlgorithm({"algorithm": mechanism}).dump(),
        octets(signer["signature"].native),
    )
    stamped = sequence(
        small(3),
        only(digest),
        sequence(_STAMP_INFO, tagged(0, octets(bytes(content)))),
        tagged(0, b"".join(certificates)),
        only(info),
    )
    return sequence(_SIGNED_DATA, tagged(0, stamped))
