"""Make real offices and inspectors for tests: synthetic names, real keys, milliseconds each."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from app.crypto.age import AgeSecret, new_age_secret
from app.crypto.certificates import Authority, Holder, issue_ca
from app.crypto.facts import Role, describe
from app.crypto.identity import SigningIdentity, new_identity
from app.crypto.keys import new_signing_key
from app.crypto.passphrase import passphrase_of_text
from app.crypto.revocation import Revocation, issue_crl
from app.crypto.trust import TrustAnchors, TrustedOffice
from app.exchange.compact_credential import issue_compact

MOMENT = datetime(2021, 6, 1, 9, tzinfo=timezone(timedelta(hours=8)))
PASSPHRASE = passphrase_of_text("练习用口令 𬭎 not a secret")


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office with its three keys and an empty revocation list, number 1."""

    authority: Authority
    identity: SigningIdentity
    age: AgeSecret
    crl: bytes

    @property
    def trusted(self) -> TrustedOffice:
        """The office as another one trusts it."""
        return TrustedOffice(ca=self.authority.certificate, crl=self.crl)


def make_office(
    code: str = "440304",
    name: str = "练习区总工会竞赛办",
    *,
    rehearsal: bool = False,
    moment: datetime = MOMENT,
) -> Office:
    """Make an office's CA, identity, age secret and revocation list."""
    authority = issue_ca(name=name, code=code, rehearsal=rehearsal, moment=moment)
    holder = Holder(common_name=name, role=Role.OFFICE)
    return Office(
        authority=authority,
        identity=new_identity(authority, holder, moment=moment),
        age=new_age_secret(),
        crl=issue_crl(authority, [], number=1, moment=moment),
    )


def make_inspector(
    office: Office, name: str = "练习员甲", *, moment: datetime = MOMENT
) -> SigningIdentity:
    """Have the office certify an inspector."""
    holder = Holder(common_name=name, post="劳动保护检查员", role=Role.INSPECTOR)
    identity = new_identity(office.authority, holder, moment=moment)
    return replace(identity, compact=issue_compact(office.authority, identity.certificate))


def trusting(*offices: Office) -> TrustAnchors:
    """Return the trust of one who compared these offices' fingerprints."""
    return TrustAnchors(offices=tuple(office.trusted for office in offices))


def revoking(office: Office, *identities: SigningIdentity, at: datetime) -> TrustAnchors:
    """Return the trust of one who holds the office's list 2, with these identities on it."""
    revocations = [
        Revocation(serial=describe(identity.certificate).serial, at=at) for identity in identities
    ]
    crl = issue_crl(office.authority, revocations, number=2, moment=at)
    return TrustAnchors(offices=(TrustedOffice(ca=office.authority.certificate, crl=crl),))


def certify_anything(authority: Authority, *urns: str, common_name: str) -> SigningIdentity:
    """Certify what the program never would: any URNs under the name of any CA."""
    key = new_signing_key()
    ca = x509.load_der_x509_certificate(authority.certificate)
    names = [x509.UniformResourceIdentifier(urn) for urn in urns]
    issuer_key_id = ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name)]))
        .issuer_name(ca.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(MOMENT)
        .not_valid_after(MOMENT + timedelta(days=1000))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer_key_id),
            critical=False,
        )
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(authority.key, SHA256())
    )
    return SigningIdentity(
        key=key,
        certificate=certificate.public_bytes(Encoding.DER),
        chain=(authority.certificate,),
    )
