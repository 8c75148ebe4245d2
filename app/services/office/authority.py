"""竞赛办 as an authority: its keys, its rules, the people it enrols and those it takes back."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.crypto.age import AgeSecret, new_age_secret, seal_age_secret
from app.crypto.certificates import Authority, Holder, issue_ca
from app.crypto.facts import Role, describe
from app.crypto.identity import SigningIdentity, new_identity, seal_identity
from app.crypto.keys import seal_key
from app.crypto.passphrase import Passphrase
from app.crypto.pem import certificate_pem, sealed_key_pem
from app.crypto.revocation import Revocation, issue_crl
from app.domain.keyring import Credential, CredentialKind, IssuedCertificate, RevocationList
from app.domain.names import clean_line, clean_name, clean_text
from app.domain.office import Office, new_office
from app.domain.trail import AuditEntry
from app.errors import AppError, Code
from app.exchange.compact_credential import issue_compact
from app.exchange.credential_file import CredentialFile, write_credential
from app.exchange.profile import Profile, write_profile
from app.files import write_whole
from app.reports.typeset.fonts import load_fonts
from app.services.desk.desk import Changes, Desk, Noun, changed
from app.services.desk.intake import printable_name
from app.services.desk.standing import own_office
from app.services.keys.trust import keep_trust
from app.services.keys.unlock import Unlocked, unlock, unlock_authority

AGE_KEY, CA_CERTIFICATE, CHAIN, CA_KEY = "age.key", "ca.pem", "chain.pem", "ca.key.pem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """An inspector just enrolled: the certificate's serial, and the .akid file's bytes."""

    serial: str
    credential: bytes


def found_office(
    desk: Desk, *, name: str, code: str, level: str, rehearsal: bool, passphrase: Passphrase
) -> tuple[Profile, Changes]:
    """Make this workspace an office: CA, own identity and age key, all under the passphrase.

    Raises:
        AppError: OFFICE_EXISTS (also when an office of that code is trusted here: its place is not
            taken from it), REHEARSAL_MIXED, GLYPH_MISSING, and as `new_office`.

    """
    workspace, now = desk.workspace, desk.clock.now()
    office = new_office(name=name, code=code, level=level)
    _require_glyphs(desk, name=office.name.name)
    if workspace.office.get() or workspace.trust.get(office.name.code):
        raise AppError(Code.OFFICE_EXISTS)
    is_used = workspace.cards.lines() or workspace.credentials.get(CredentialKind.INSPECTOR)
    if workspace.rehearsal != rehearsal and is_used:
        raise AppError(Code.REHEARSAL_MIXED)
    authority = issue_ca(
        name=office.name.name, code=office.name.code, rehearsal=rehearsal, moment=now
    )
    holder = Holder(common_name=office.name.name, role=Role.OFFICE)
    identity = new_identity(authority, holder, moment=now)
    secret = new_age_secret()
    crl = issue_crl(authority, (), number=1, moment=now)
    credentials = _sealed_office(authority, identity, secret, passphrase)
    unlocked = Unlocked(kind=CredentialKind.OFFICE, identity=identity, age=secret)
    with workspace.change(AuditEntry(action="office.init", subject=office.name.code)):
        workspace.set_rehearsal(rehearsal=rehearsal)
        workspace.office.set(office)
        for credential in credentials:
            workspace.credentials.set(credential)
        workspace.office.add_revocation_list(RevocationList(number=1, der=crl))
        profile = _publish(desk, unlocked)
    return profile, changed(Noun.OFFICE, Noun.TRUST)


def enroll(
    desk: Desk,
    *,
    name: str,
    post: str,
    passphrase: Passphrase,
    identity_passphrase: Passphrase,
) -> tuple[Enrolled, Changes]:
    """Make an inspector's credential under a passphrase of his own.

    Raises:
        AppError: OFFICE_MISSING, PASSPHRASE_WRONG, NAME_EMPTY, NAME_TOO_LONG, GLYPH_MISSING (each
            card he seals will bear his name and post).

    """
    workspace, now = desk.workspace, desk.clock.now()
    holder = Holder(common_name=clean_name(name), post=clean_line(post), role=Role.INSPECTOR)
    _require_glyphs(desk, name=holder.common_name, post=holder.post)
    authority = unlock_authority(desk, passphrase)
    unlocked = unlock(desk, CredentialKind.OFFICE, passphrase)
    identity = new_identity(authority, holder, moment=now)
    secret = new_age_secret()
    facts = describe(identity.certificate)
    sealed_identity = seal_identity(identity, identity_passphrase)
    sealed_age = seal_age_secret(secret, identity_passphrase)
    with workspace.change(AuditEntry(action="office.enroll", subject=facts.serial)):
        _renew_list(desk, authority)
        workspace.office.add_issued(
            IssuedCertificate(
                serial=facts.serial,
                certificate=identity.certificate,
                name=holder.common_name,
                post=holder.post,
                age_recipient=secret.recipient,
                issued_at=now,
            )
        )
        _publish(desk, unlocked)
    known = workspace.trust.get(own_office(desk).name.code)
    credential = CredentialFile(
        identity=sealed_identity,
        age_key=sealed_age,
        profile=known.profile if known else b"",
        compact=issue_compact(authority, identity.certificate),
    )
    return Enrolled(serial=facts.serial, credential=write_credential(credential)), changed(
        Noun.OFFICE
    )


def set_rules(desk: Desk, settings: dict[str, str]) -> tuple[Office, Changes]:
    """Set the step of points and what 不涉及 counts; cards begun before keep theirs.

    Raises:
        AppError: OFFICE_MISSING, SETTING_UNKNOWN, SETTING_VALUE.

    """
    office = own_office(desk)
    rules = office.rules
    for setting, value in settings.items():
        rules = rules.changed(setting, value)
    if rules == office.rules:
        return office, changed()
    after = replace(office, rules=rules)
    with desk.workspace.change(AuditEntry(action="office.set", details=settings)):
        desk.workspace.office.set(after)
    return after, changed(Noun.OFFICE)


def revoke(desk: Desk, *, serial: str, reason: str, passphrase: Passphrase) -> Changes:
    """Take a certificate back: a new CRL, one number up.

    Raises:
        AppError: OFFICE_MISSING, CERTIFICATE_UNKNOWN, ALREADY_REVOKED, REASON_MISSING,
            PASSPHRASE_WRONG.

    """
    workspace, now = desk.workspace, desk.clock.now()
    own_office(desk)
    issued = _issued(desk, serial)
    why = clean_text(reason)
    if not why:
        raise AppError(Code.REASON_MISSING, clause="")
    authority = unlock_authority(desk, passphrase)
    unlocked = unlock(desk, CredentialKind.OFFICE, passphrase)
    taken_back = replace(issued, revoked_at=now, revocation_reason=why)
    with workspace.change(
        AuditEntry(action="office.revoke", subject=issued.serial, details={"reason": why})
    ):
        workspace.office.save_issued(taken_back)
        _renew_list(desk, authority)
        _publish(desk, unlocked)
    return changed(Noun.OFFICE, Noun.TRUST)


def publish_profile(desk: Desk, passphrase: Passphrase) -> tuple[Profile, bytes]:
    """Sign a new profile of this office, with a new CRL: one runs out after 400 days.

    Raises:
        AppError: OFFICE_MISSING, PASSPHRASE_WRONG.

    """
    authority = unlock_authority(desk, passphrase)
    unlocked = unlock(desk, CredentialKind.OFFICE, passphrase)
    with desk.workspace.change(AuditEntry(action="office.profile")):
        _renew_list(desk, authority)
        profile = _publish(desk, unlocked)
    known = desk.workspace.trust.get(profile.office.name.code)
    return profile, known.profile if known else b""


def present_profile(desk: Desk, unlocked: Unlocked) -> bytes:
    """Return the newest profile; a new one is signed first when rules were set since the last.

    Raises:
        AppError: OFFICE_MISSING.

    """
    office, trust = own_office(desk), desk.workspace.trust
    known = trust.get(office.name.code)
    if known is None or known.office != office:
        with desk.workspace.change(AuditEntry(action="office.profile")):
            _publish(desk, unlocked)
        known = trust.get(office.name.code)
    return known.profile if known else b""


def export_keys(desk: Desk, folder: Path, passphrase: Passphrase) -> tuple[str, ...]:
    """Write the keys for escrow and for public tools, each file for its owner alone (mode 0600).

    `age.key` is open: it is what `age -d -i` needs. The CA's key stays encrypted.

    Raises:
        AppError: OFFICE_MISSING, PASSPHRASE_WRONG, FILE_NOT_WRITABLE.

    """
    unlocked = unlock(desk, CredentialKind.OFFICE, passphrase)
    authority = desk.workspace.credentials.get(CredentialKind.CA)
    if authority is None:
        raise AppError(Code.OFFICE_MISSING)
    ca = certificate_pem(authority.certificate)
    files = {
        AGE_KEY: f"{unlocked.age.text}\n".encode(),
        CA_CERTIFICATE: ca,
        CHAIN: certificate_pem(unlocked.identity.certificate) + ca,
        CA_KEY: sealed_key_pem(authority.sealed_key),
    }
    entry = AuditEntry(action="office.keys", details={"folder": printable_name(folder)})
    with desk.workspace.change(entry):
        for name, content in files.items():
            write_whole(folder / name, content, private=True)
    return tuple(files)


def _require_glyphs(desk: Desk, **texts: str) -> None:
    fonts = load_fonts(desk.resources / "fonts")
    for where, text in texts.items():
        fonts.require_glyphs(text, where)


def _sealed_office(
    authority: Authority, identity: SigningIdentity, secret: AgeSecret, passphrase: Passphrase
) -> tuple[Credential, ...]:
    return (
        Credential(
            kind=CredentialKind.CA,
            certificate=authority.certificate,
            sealed_key=seal_key(authority.key, passphrase),
        ),
        Credential(
            kind=CredentialKind.OFFICE,
            certificate=identity.certificate,
            sealed_key=seal_identity(identity, passphrase),
            sealed_age=seal_age_secret(secret, passphrase),
        ),
    )


def _publish(desk: Desk, unlocked: Unlocked) -> Profile:
    workspace = desk.workspace
    profile = Profile(
        office=own_office(desk),
        rehearsal=workspace.rehearsal,
        number=workspace.office.next_profile_number(),
        created=desk.clock.now(),
        ca=unlocked.identity.chain[0],
        certificate=unlocked.identity.certificate,
        issued=tuple(issued.certificate for issued in workspace.office.issued()),
        crl=_newest_list(desk).der,
        recipient=unlocked.age.recipient,
    )
    keep_trust(desk, profile, write_profile(profile, unlocked.identity))
    return profile


def _issued(desk: Desk, serial: str) -> IssuedCertificate:
    wanted = serial.strip().lower()
    for issued in desk.workspace.office.issued():
        if issued.serial == wanted:
            if issued.revoked_at is not None:
                raise AppError(Code.ALREADY_REVOKED, serial=wanted)
            return issued
    raise AppError(Code.CERTIFICATE_UNKNOWN, serial=wanted)


def _newest_list(desk: Desk) -> RevocationList:
    newest = desk.workspace.office.revocation_list()
    if newest is None:
        raise AppError(Code.OFFICE_MISSING)
    return newest


def _renew_list(desk: Desk, authority: Authority) -> None:
    """Issue the CRL anew, one number up (inside a change)."""
    office = desk.workspace.office
    number = _newest_list(desk).number + 1
    revocations = [
        Revocation(serial=issued.serial, at=issued.revoked_at)
        for issued in office.issued()
        if issued.revoked_at is not None
    ]
    crl = issue_crl(authority, revocations, number=number, moment=desk.clock.now())
    office.add_revocation_list(RevocationList(number=number, der=crl))
