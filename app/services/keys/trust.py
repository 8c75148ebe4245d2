"""Whom this workspace trusts: offices by fingerprint, and the credential of its own inspector."""

from app.crypto.age import open_age_secret
from app.crypto.cms import sign_detached, verify_detached
from app.crypto.facts import CertificateFacts, Role, fingerprint_matches, require_role
from app.crypto.identity import SigningIdentity, open_identity
from app.crypto.passphrase import Passphrase
from app.crypto.trust import TrustAnchors
from app.crypto.trust import TrustedOffice as Anchor
from app.domain.card import Card, Terms, with_office
from app.domain.keyring import Credential, CredentialKind, TrustedOffice
from app.domain.trail import AuditEntry
from app.errors import AppError, Code
from app.exchange.compact_credential import fits, is_issued_by
from app.exchange.credential_file import CredentialFile, read_credential
from app.exchange.profile import Profile, read_profile
from app.services.desk.desk import Changes, Desk, Noun, changed

_PROBE = b"ankang.probe/1"


def add_trust(desk: Desk, content: bytes, *, fingerprint: str) -> tuple[Profile, Changes]:
    """Trust an office whose fingerprint was compared, or renew its profile.

    Raises:
        AppError: PROFILE_DAMAGED, FINGERPRINT_DIFFERS (also for a stranger under the code of this
            workspace's own office), PROFILE_OLDER, REHEARSAL_MIXED (a practice office in place of
            a real one, or the reverse), and as `read_profile`.

    """
    profile = read_profile(content, now=desk.clock.now())
    if not fingerprint_matches(fingerprint, profile.ca):
        raise AppError(Code.FINGERPRINT_DIFFERS, fingerprint=profile.fingerprint)
    _refuse_replacing(desk, profile)
    with desk.workspace.change(AuditEntry(action="trust.add", subject=profile.office.name.code)):
        keep_trust(desk, profile, content)
    return profile, changed(Noun.TRUST)


def use_identity(
    desk: Desk, content: bytes, passphrase: Passphrase
) -> tuple[CertificateFacts, Changes]:
    """Make this the workspace of the inspector whose credential it is.

    Cards begun before any office was known here are bound to his office: their signatures were
    given without it and fall, `Changes.unsigned` tells.

    Raises:
        AppError: CREDENTIAL_DAMAGED, PASSPHRASE_WRONG, CERTIFICATE_REVOKED, REHEARSAL_MIXED,
            FINGERPRINT_DIFFERS (another office of that code is trusted here).

    """
    workspace = desk.workspace
    file = read_credential(content)
    identity = open_identity(file.identity, passphrase)
    open_age_secret(file.age_key, passphrase)
    profile = read_profile(file.profile, now=desk.clock.now())
    _refuse_foreign(desk, profile)
    known = workspace.trust.get(profile.office.name.code)
    is_newer = known is None or known.number < profile.number
    crl = profile.crl if known is None or is_newer else known.crl
    facts = _proven(desk, identity, Anchor(ca=profile.ca, crl=crl))
    require_role(facts, Role.INSPECTOR)
    _require_compact(file, identity, ca=profile.ca)
    credential = Credential(
        kind=CredentialKind.INSPECTOR,
        certificate=identity.certificate,
        sealed_key=file.identity,
        sealed_age=file.age_key,
        compact=file.compact,
    )
    with workspace.change(AuditEntry(action="identity.use", subject=facts.serial)):
        workspace.set_rehearsal(rehearsal=profile.rehearsal)
        workspace.credentials.set(credential)
        if is_newer:
            keep_trust(desk, profile, file.profile)
        unbound = [card for card in workspace.cards.drafts() if not card.office.code]
        for card in unbound:
            workspace.cards.save(card, _adopted(card, profile))
    unsigned = tuple(card.id for card in unbound if card.signatures)
    return facts, changed(Noun.TRUST, Noun.CARDS, unsigned=unsigned)


def refuse_unbelievable(desk: Desk, identity: SigningIdentity) -> None:
    """Raise when nobody would believe now what this identity signs: before anything leaves.

    Raises:
        AppError: as `verify_detached`: CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID (mostly a
            wrong clock), CERTIFICATE_REVOKED, REVOCATION_STALE ...

    """
    _proven(desk, identity, *anchors(desk).offices)


def keep_trust(desk: Desk, profile: Profile, content: bytes) -> None:
    """Keep a profile as that of a trusted office (inside a change)."""
    desk.workspace.trust.set(
        TrustedOffice(
            office=profile.office,
            rehearsal=profile.rehearsal,
            fingerprint=profile.fingerprint,
            number=profile.number,
            ca=profile.ca,
            crl=profile.crl,
            recipient=profile.recipient,
            profile=content,
        )
    )


def anchors(desk: Desk) -> TrustAnchors:
    """Return all that verification needs to know of the trusted offices."""
    service = desk.workspace.stamp_service.get()
    return TrustAnchors(
        offices=tuple(
            Anchor(ca=office.ca, crl=office.crl) for office in desk.workspace.trust.all()
        ),
        stampers=() if service is None else (service.ca,),
    )


def _refuse_replacing(desk: Desk, profile: Profile) -> None:
    code = profile.office.name.code
    known = desk.workspace.trust.get(code)
    if known is None:
        return
    if known.rehearsal != profile.rehearsal:
        raise AppError(Code.REHEARSAL_MIXED)
    if known.ca == profile.ca and known.number > profile.number:
        raise AppError(Code.PROFILE_OLDER, number=profile.number, known=known.number)
    own = desk.workspace.office.get()
    if known.ca != profile.ca and own is not None and own.name.code == code:
        raise AppError(Code.FINGERPRINT_DIFFERS, fingerprint=profile.fingerprint)


def _proven(desk: Desk, identity: SigningIdentity, *offices: Anchor) -> CertificateFacts:
    """Sign and verify once: key, certificate, CA and CRL belong together or are refused."""
    now = desk.clock.now()
    return verify_detached(
        _PROBE,
        sign_detached(_PROBE, identity),
        trust=TrustAnchors(offices=offices),
        moment=now,
        now=now,
    )


def _require_compact(file: CredentialFile, identity: SigningIdentity, *, ca: bytes) -> None:
    """Raise CREDENTIAL_DAMAGED for a compact credential of another certificate or another CA."""
    if not file.compact:
        return
    try:
        is_ours = fits(file.compact, identity.certificate) and is_issued_by(file.compact, ca)
    except AppError as cause:
        raise AppError(Code.CREDENTIAL_DAMAGED) from cause
    if not is_ours:
        raise AppError(Code.CREDENTIAL_DAMAGED)


def _refuse_foreign(desk: Desk, profile: Profile) -> None:
    workspace = desk.workspace
    known = workspace.trust.get(profile.office.name.code)
    if known is not None and known.ca != profile.ca:
        raise AppError(Code.FINGERPRINT_DIFFERS, fingerprint=profile.fingerprint)
    if workspace.rehearsal == profile.rehearsal:
        return
    is_bound = any(card.office.code for card in workspace.cards.drafts())
    is_sealed = any(line.sealed for line in workspace.cards.lines())
    if is_bound or is_sealed or workspace.office.get() is not None:
        raise AppError(Code.REHEARSAL_MIXED)


def _adopted(card: Card, profile: Profile) -> Card:
    rules = profile.office.rules
    terms = Terms(
        form=card.terms.form, guide=card.terms.guide, step=rules.step, policy=rules.policy
    )
    return with_office(card, office=profile.office.name, rehearsal=profile.rehearsal, terms=terms)
