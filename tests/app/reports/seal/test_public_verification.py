"""docs/verify.md is followed by hand: every command of it, on a card sealed today.

docs/verify.zh.md says the same in Chinese, with the same commands.
"""

import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.crypto.pem import certificate_pem
from app.domain.office import new_office
from app.exchange.profile import Profile, write_profile
from tests.app.attacks.bench import card_of, sealed
from tests.forms import RESOURCES
from tests.pki import make_inspector, make_office

DOCS = RESOURCES.parent / "docs"
PAGE, CHINESE = ((DOCS / name).read_text("utf-8") for name in ("verify.md", "verify.zh.md"))
COMMANDS = re.compile(r"^```sh\n(.+?)^```", re.MULTILINE | re.DOTALL)
TOOLS = PAGE.partition("## With public tools alone")[2].partition("### 4.")[0]


def handed_over(folder: Path) -> None:
    """Put into a folder what a stranger has: the card, the certificate, the profile."""
    now = datetime.now(UTC).replace(microsecond=0)
    office = make_office("440304", "练习区总工会竞赛办", moment=now - timedelta(hours=2))
    inspector = make_inspector(office, "测试甲", moment=now - timedelta(hours=2))
    (folder / "card.pdf").write_bytes(sealed(card_of(), identity=inspector, moment=now))
    (folder / "ca.pem").write_bytes(certificate_pem(office.authority.certificate))
    profile = Profile(
        office=new_office(name="练习区总工会竞赛办", code="440304", level="district"),
        rehearsal=False,
        number=1,
        created=now,
        ca=office.authority.certificate,
        certificate=office.identity.certificate,
        issued=(),
        crl=office.crl,
        recipient=office.age.recipient,
    )
    (folder / "office.akprofile").write_bytes(write_profile(profile, office.identity))


def test_every_command_works_and_says_what_it_should(tmp_path: Path) -> None:
    handed_over(tmp_path)
    blocks = COMMANDS.findall(TOOLS)
    assert len(blocks) == 5
    done = subprocess.run(
        ["sh", "-eu", "-c", "\n".join(blocks)],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        timeout=60,
    )
    said = done.stdout.decode() + done.stderr.decode()
    assert done.returncode == 0, said
    for words in (
        "Signature Validation: Signature is Valid.",
        "Certificate Validation: Certificate is Trusted.",
        "Total document signed",
        "URI:urn:ankang:role:inspector, URI:urn:ankang:office:440304",
        "signer.pem: OK",
        "CMS Verification successful",
        "card.json.p7s",
        "No syntax or stream encoding errors found",
    ):
        assert words in said
    assert "总得分 100" in (tmp_path / "card.txt").read_text(encoding="utf-8")


def test_the_chinese_page_has_the_same_commands() -> None:
    assert COMMANDS.findall(CHINESE) == COMMANDS.findall(PAGE)
