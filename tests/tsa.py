"""A time stamp service for tests: OpenSSL behind an HTTP server on the loopback interface.

What it is told to do wrong, it does to the question before OpenSSL answers it, or to the answer.
"""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

from asn1crypto.tsp import TimeStampReq
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.domain.time_stamp import StampService

NOW = datetime.now(UTC)  # OpenSSL stamps by the clock of the machine
_REPLY = "application/timestamp-reply"
_SETTINGS = """
[tsa]
default_tsa = this
[this]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""

Question = Callable[[TimeStampReq], TimeStampReq]
Answer = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStampAuthority:
    """A CA, the key and certificate of its time stamp service, and where they lie as files."""

    folder: Path
    ca: bytes

    def answer(self, question: bytes) -> bytes:
        """Return what OpenSSL answers to a question (RFC 3161), DER."""
        query, reply = self.folder / "query.tsq", self.folder / "reply.tsr"
        query.write_bytes(question)
        subprocess.run(
            [
                *("openssl", "ts", "-reply", "-config", self.folder / "tsa.cnf"),
                *("-queryfile", query, "-signer", self.folder / "tsa.pem"),
                *("-inkey", self.folder / "tsa.key", "-out", reply),
            ],
            check=True,
            capture_output=True,
        )
        return reply.read_bytes()


@dataclass(slots=True, kw_only=True)
class Service:
    """A running service; what it does next can be changed."""

    authority: TimeStampAuthority
    url: str
    ask: Question = field(default=lambda question: question)
    say: Answer = field(default=lambda answer: answer)
    kind: str = _REPLY
    status: int = 200
    waits: bool = False
    done: Event = field(default_factory=Event)
    asked: list[bytes] = field(default_factory=list)

    @property
    def chosen(self) -> StampService:
        """Return the service as a person chooses it."""
        return StampService(url=self.url, ca=self.authority.ca)


def make_authority(
    folder: Path, *, begins: datetime = NOW - timedelta(days=30), ballast: int = 0
) -> TimeStampAuthority:
    """Make a CA and a service, whose certificate is good for sixty days from its beginning.

    `ballast` are bytes of no use in the certificate.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    name = _name("测试时间戳根证书")
    ca = (
        _builder(name, name, ca_key.public_key(), NOW - timedelta(days=900), days=4000)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key()), critical=False
        )
        .sign(ca_key, SHA256())
    )
    builder = _builder(_name("测试时间戳服务"), name, key.public_key(), begins, days=60)
    weight = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), bytes(ballast))
    issued = (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .add_extension(weight, critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()),
            critical=False,
        )
        .sign(ca_key, SHA256())
    )
    (folder / "tsa.pem").write_bytes(issued.public_bytes(Encoding.PEM))
    (folder / "ca.pem").write_bytes(ca.public_bytes(Encoding.PEM))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "tsa.key").write_bytes(secret)
    (folder / "tsa.cnf").write_text(_SETTINGS.format(folder=folder))
    (folder / "serial").write_text("01")
    return TimeStampAuthority(folder=folder, ca=ca.public_bytes(Encoding.DER))


@contextmanager
def serving(authority: TimeStampAuthority) -> Iterator[Service]:
    """Run the service until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    service = Service(authority=authority, url=f"http://127.0.0.1:{server.server_port}/tsa")
    server.service = service  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        service.done.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        service: Service = self.server.service  # type: ignore[attr-defined]
        question = self.rfile.read(int(self.headers["Content-Length"]))
        service.asked.append(question)
        if service.waits:
            service.done.wait(20)
            return
        changed = service.ask(TimeStampReq.load(question)).dump(force=True)
        content = service.say(service.authority.answer(changed))
        self.send_response(service.status)
        self.send_header("Content-Type", service.kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    begins: datetime,
    *,
    days: int,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=days))
    )
