"""What all contracts share: a workspace to try them on, and a unit of work to try them in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from app.domain.card import Card
from app.domain.trail import AuditEntry
from app.exchange.canonical import canonical
from app.ports import Workspace
from db.workspace import open_workspace
from tests.fakes import FakeClock, FakeIds

CHANGE = AuditEntry(action="test")
# Each example adds to one workspace; ids drawn by hypothesis keep them apart.
in_one_workspace = settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


# 32 bytes as they are, so that no time goes into deriving them.
KEY = f"x'{'5a' * 32}'"


class WorkspaceContract:
    """Gives each test a new workspace: in a plain file, and again in an encrypted one."""

    @pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
    def workspace(self, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Workspace]:
        home = tmp_path / "home"
        workspace = open_workspace(home, clock=FakeClock(), ids=FakeIds(), key=request.param)
        yield workspace
        workspace.close()


def keep_documents(workspace: Workspace, card: Card) -> None:
    """Keep what the form and guide of a card stand for; their content does not matter here."""
    for content_hash in (card.terms.form, card.terms.guide):
        workspace.documents.keep(content_hash, canonical({"type": "test"}))


def add_card(workspace: Workspace, card: Card) -> None:
    """Add a draft in a unit of work of its own."""
    with workspace.change(CHANGE):
        keep_documents(workspace, card)
        workspace.cards.add(card)
