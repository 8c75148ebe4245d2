"""Hold docs/card-format.md to the format, and its commands to a card sealed with a real key."""

import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from ssl import DER_cert_to_PEM_cert

import msgspec
import pytest

from app.crypto.cms import sign_detached
from app.exchange.card_document import FIRST_TYPE, SECOND_TYPE
from app.exchange.card_wire import CardWire
from app.exchange.supplement_document import SupplementWire
from tests.app.exchange.test_card_document import DOCUMENT
from tests.pki import make_inspector, make_office

PAGE = (Path(__file__).parents[3] / "docs" / "card-format.md").read_text(encoding="utf-8")


def members(schema: object) -> set[str]:
    """Return the names of all members in a JSON schema, nested ones too."""
    if isinstance(schema, list):
        return set().union(*map(members, schema))
    if not isinstance(schema, dict):
        return set()
    named = set(schema.get("properties", {}))
    return named.union(*(members(value) for value in schema.values()))


@pytest.mark.parametrize("document", [CardWire, SupplementWire])
def test_the_page_names_every_member(document: type[msgspec.Struct]) -> None:
    _, parts = msgspec.json.schema_components([document])
    named = members(list(parts.values()))
    assert {"type", "at", "manner", "media_type"} <= named
    assert named - set(re.findall(r"`([a-z0-9_]+)`", PAGE)) == set()
    assert f"`{FIRST_TYPE}`" in PAGE
    assert f"`{SECOND_TYPE}`" in PAGE


def test_the_pages_commands_check_a_card(tmp_path: Path) -> None:
    (commands,) = re.findall(r"(?ms)^```sh\n(.*?)^```$", PAGE)
    now = datetime.now(UTC)  # openssl asks the real clock
    office = make_office(moment=now)
    (tmp_path / "ca.pem").write_text(DER_cert_to_PEM_cert(office.authority.certificate))
    (tmp_path / "card.json").write_bytes(DOCUMENT)
    inspector = make_inspector(office, moment=now)
    (tmp_path / "card.json.p7s").write_bytes(sign_detached(DOCUMENT, inspector))
    sound = run(commands, tmp_path)
    assert sound.returncode == 0
    assert "parts ok" in sound.stdout
    (tmp_path / "card.json").write_bytes(DOCUMENT.replace(b'"points":"1"', b'"points":"2"', 1))
    forged = run(commands, tmp_path)
    assert forged.returncode != 0


def run(commands: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run commands one after the other until one fails."""
    return subprocess.run(
        ["sh", "-e", "-c", commands], check=False, capture_output=True, cwd=folder, text=True
    )
