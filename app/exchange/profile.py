"""The profile of an office (.akprofile): name, rules, certificates, revocations, age recipient.

A stored ZIP of profile.json, profile.json.p7s (the office's CMS over it), ca.der and
revocations.crl. A profile proves that all of it belongs to the CA inside. Whether that CA is the
office's own is known by comparing the fingerprint, which is not done here.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from msgspec import Meta

from app.crypto.age import AgeRecipient
from app.crypto.cms import sign_detached, verify_detached
from app.crypto.facts import (
    Role,
    describe,
    fingerprint_groups,
    is_issued_by,
    read_ca,
    require_role,
)
from app.crypto.identity import SigningIdentity
from app.crypto.trust import TrustAnchors, TrustedOffice
from app.domain.office import Office, Rules, new_office
from app.domain.points import points_text
from app.errors import AppError, Code
from app.exchange.canonical import canonical, content_hash
from app.exchange.documents import read_document
from app.exchange.moments import moment_text, read_moment
from app.exchange.stored_zip import archive, read_archive
from app.exchange.wire import IS_MOMENT, IS_NUMBER, IS_SHA256, WireStruct

DOCUMENT = "profile.json"
_SIGNATURE = "profile.json.p7s"
_CA = "ca.der"
_REVOCATIONS = "revocations.crl"

# The signer is the office all right, but not now: the office has to send a newer profile.
_NOT_NOW = {
    Code.CERTIFICATE_EXPIRED,
    Code.CERTIFICATE_NOT_YET_VALID,
    Code.CERTIFICATE_REVOKED,
    Code.REVOCATION_STALE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An office as it presents itself; certificates and revocations are DER.

    `number` counts the office's profiles: one with a lower number never replaces another. `issued`
    are the certificates given out so far, oldest first: for showing names, never for trust.
    """

    office: Office
    rehearsal: bool
    number: int
    created: datetime
    ca: bytes
    certificate: bytes
    issued: tuple[bytes, ...]
    crl: bytes
    recipient: AgeRecipient

    @property
    def fingerprint(self) -> str:
        """The CA's fingerprint in groups of four, to be read out by telephone."""
        return fingerprint_groups(self.ca)

    @property
    def trusted(self) -> TrustedOffice:
        """The office as a trust anchor, for who has compared the fingerprint."""
        return TrustedOffice(ca=self.ca, crl=self.crl)


class OfficeWire(WireStruct, frozen=True):
    """The office."""

    code: str
    name: str
    level: str


class RulesWire(WireStruct, frozen=True):
    """Its rules, as `office set` takes them."""

    step: str
    na: str


class ProfileWire(WireStruct, frozen=True, tag_field="type", tag="ankang.profile/1"):
    """profile.json: certificates in base64, `ca` and `revocations` the SHA-256 of those files."""

    office: OfficeWire
    rules: RulesWire
    rehearsal: bool
    number: Annotated[int, IS_NUMBER]
    created: Annotated[str, IS_MOMENT]
    ca: Annotated[str, IS_SHA256]
    revocations: Annotated[str, IS_SHA256]
    certificate: bytes
    issued: tuple[bytes, ...]
    recipient: Annotated[str, Meta(pattern=r"^age1[a-z0-9]{58}\Z")]


def write_profile(profile: Profile, identity: SigningIdentity) -> bytes:
    """Return the profile as a file, signed by the office's identity."""
    document = canonical(_wire(profile))
    return archive(
        {
            DOCUMENT: document,
            _SIGNATURE: sign_detached(document, identity),
            _CA: profile.ca,
            _REVOCATIONS: profile.crl,
        }
    )


def read_profile(content: bytes, *, now: datetime) -> Profile:
    """Return the profile a file holds, once its parts are proven to belong together.

    The signature is verified before the document is parsed: by an office identity issued by the CA
    inside and not revoked by the list inside.

    Raises:
        AppError: PROFILE_DAMAGED; CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID,
            CERTIFICATE_REVOKED, REVOCATION_STALE for a sound profile that does not hold today.

    """
    try:
        return _verified(content, now)
    except AppError as cause:
        if cause.code in _NOT_NOW:
            raise
        raise AppError(Code.PROFILE_DAMAGED, where=cause.code.value) from cause
    except ValueError as cause:
        raise AppError(Code.PROFILE_DAMAGED, where=str(cause)) from cause


def _verified(content: bytes, now: datetime) -> Profile:
    files = read_archive(content)
    if [*files] != [DOCUMENT, _SIGNATURE, _CA, _REVOCATIONS]:
        raise ValueError("files")
    ca, crl = files[_CA], files[_REVOCATIONS]
    signer = verify_detached(
        files[DOCUMENT],
        files[_SIGNATURE],
        trust=TrustAnchors(offices=(TrustedOffice(ca=ca, crl=crl),)),
        moment=now,
        now=now,
    )
    require_role(signer, Role.OFFICE)
    wire = read_document(files[DOCUMENT], ProfileWire)
    profile = _profile(wire, ca, crl)
    authority = read_ca(ca)
    facts_agree = {
        "certificate": describe(wire.certificate).sha256 == signer.sha256,
        "office.code": profile.office.name.code == authority.office_code,
        "rehearsal": profile.rehearsal == authority.rehearsal == signer.rehearsal,
        "issued": all(is_issued_by(certificate, ca) for certificate in profile.issued),
        "canonical": _wire(profile) == wire,
    }
    for where, agrees in facts_agree.items():
        if not agrees:
            raise ValueError(where)
    return profile


def _profile(wire: ProfileWire, ca: bytes, crl: bytes) -> Profile:
    office = new_office(name=wire.office.name, code=wire.office.code, level=wire.office.level)
    rules = Rules().changed("step", wire.rules.step).changed("na", wire.rules.na)
    return Profile(
        office=replace(office, rules=rules),
        rehearsal=wire.rehearsal,
        number=wire.number,
        created=read_moment(wire.created),
        ca=ca,
        certificate=wire.certificate,
        issued=wire.issued,
        crl=crl,
        recipient=AgeRecipient(wire.recipient),
    )


def _wire(profile: Profile) -> ProfileWire:
    office = profile.office
    return ProfileWire(
        office=OfficeWire(code=office.name.code, name=office.name.name, level=office.level),
        rules=RulesWire(step=points_text(office.rules.step), na=office.rules.policy),
        rehearsal=profile.rehearsal,
        number=profile.number,
        created=moment_text(profile.created),
        ca=content_hash(profile.ca),
        revocations=content_hash(profile.crl),
        certificate=profile.certificate,
        issued=profile.issued,
        recipient=profile.recipient,
    )
