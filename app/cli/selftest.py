"""`--selftest`: whether a built program has all it needs, by doing the main job once in a corner.

A check that fails raises: the program's last net tells of it, and the count is not reached.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.crypto.passphrase import Passphrase, passphrase_of_text
from app.domain.keyring import CredentialKind
from app.domain.search import sought
from app.domain.signature import Pending, Signatory
from app.pictures.opening import decodes_heic
from app.ports import OpenWorkspace
from app.ports.progress import Unheard
from app.reports.file.raster import render_page
from app.reports.typeset.fonts import load_fonts
from app.services.cards.assess import new_card, record
from app.services.desk.desk import Desk, open_desk
from app.services.desk.forms import current_form, current_guide
from app.services.keys.trust import use_identity
from app.services.keys.unlock import unlock
from app.services.office.authority import enroll, found_office
from app.services.office.decide import accept_cards
from app.services.office.rank import ranking, write_summary_sheet
from app.services.packages.submit import submit
from app.services.packages.take_in import take_in
from app.services.seal.paper_proof import read_image
from app.services.seal.seal import finalize, write_pdf
from app.services.seal.sign import sign_card
from app.services.units.register import add_unit
from app.services.units.spelling import spell
from app.services.verify.audit import audit
from app.services.verify.verify import verify_pdf
from app.services.workplace.backup import plan_backup, write_backup
from app.text.catalogue import Language, translator

RARE = "䶮㛃𬭎𫚖"
_UNIT = {"name": "练习单位（自检）", "code": "91440306MA00T0048E"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Corner:
    """Two throw-away practice workspaces, and what the checks hand on to each other."""

    folder: Path
    office: Desk
    inspector: Desk
    passphrase: Passphrase

    @property
    def package(self) -> Path:
        return self.folder / "package.akp"

    @property
    def card_id(self) -> str:
        return self.inspector.workspace.cards.lines()[0].id


def selftest(
    *, open_workspace: OpenWorkspace, resources: Path, check_window: Callable[[Path], None]
) -> int:
    """Run every check, a line for each, and return 0; a check that fails raises."""
    with tempfile.TemporaryDirectory(prefix="ankang-selftest-") as name:
        folder = Path(name)
        corner = _Corner(
            folder=folder,
            office=open_desk(open_workspace, folder / "office", resources=resources),
            inspector=open_desk(open_workspace, folder / "inspector", resources=resources),
            passphrase=passphrase_of_text("练习 self-test"),
        )
        try:
            for check in _CHECKS:
                check(corner)
                _tell(check.__name__)
        finally:
            corner.office.workspace.close()
            corner.inspector.workspace.close()
    check_window(resources)
    _tell("_window")
    count = len(_CHECKS) + 1
    sys.stdout.write(f"selftest: {count} of {count} checks passed\n")
    return 0


def _tell(name: str) -> None:
    sys.stdout.write(f"ok  {name.removeprefix('_').replace('_', ' ')}\n")
    sys.stdout.flush()


def _require(holds: bool, what: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not holds:
        raise RuntimeError(what)


def _form_and_guide(corner: _Corner) -> None:
    _require(current_form(corner.office).base_points == 100, "the form does not add up")  # noqa: PLR2004 - 100 分
    _require(bool(current_guide(corner.office).clauses), "the guide is empty")


def _sentences(corner: _Corner) -> None:
    for language in Language:
        _require(bool(translator(language, corner.office.resources).text("state.draft")), language)


def _fonts(corner: _Corner) -> None:
    load_fonts(corner.office.resources / "fonts").require_glyphs(RARE, "selftest")


def _database_and_migration(corner: _Corner) -> None:
    for desk in (corner.office, corner.inspector):
        _require(not desk.workspace.problems(), "the database is not sound")


def _keys(corner: _Corner) -> None:
    found_office(
        corner.office,
        name="练习竞赛办",
        code="440306",
        level="district",
        rehearsal=True,
        passphrase=corner.passphrase,
    )
    enrolled, _ = enroll(
        corner.office,
        name=f"自检{RARE[0]}",
        post="",
        passphrase=corner.passphrase,
        identity_passphrase=corner.passphrase,
    )
    use_identity(corner.inspector, enrolled.credential, corner.passphrase)


def _card(corner: _Corner) -> None:
    desk = corner.inspector
    unit, _ = add_unit(desk, sub_unit="", **_UNIT)
    card, _ = new_card(desk, unit)
    record(desk, card.id, (), fill=True)
    for signatory, name in ((Signatory.LEAD, "自检甲"), (Signatory.UNIT, "自检乙")):
        sign_card(desk, card.id, signatory=signatory, name=name, manner=Pending())


def _seal(corner: _Corner) -> None:
    finalize(corner.inspector, corner.card_id, corner.passphrase)


def _pdf(corner: _Corner) -> None:
    path = corner.folder / "card.pdf"
    write_pdf(corner.inspector, corner.card_id, path)
    report = verify_pdf(corner.office, path)
    _require(report.ok, str(report.faults))


def _pages(corner: _Corner) -> None:
    pdf = (corner.folder / "card.pdf").read_bytes()
    first = render_page(pdf, 0, width=200)
    _require(len(set(first.pixels)) > 2, "the page is empty")  # noqa: PLR2004 - black and white
    _require(len(read_image(pdf, name="card.pdf")) == 1, "the code is not read")


def _pictures(_: _Corner) -> None:
    _require(decodes_heic(), "no decoder for HEIC")


def _search(_: _Corner) -> None:
    name = "安康"
    _require(sought("ankang").finds(name, spell([name])[name]), "pinyin is missing")


def _package(corner: _Corner) -> None:
    sender = unlock(corner.inspector, CredentialKind.INSPECTOR, corner.passphrase)
    submit(corner.inspector, corner.package, sender, card_ids=(), photos=True)
    take_in(
        corner.office,
        corner.package,
        unlock(corner.office, CredentialKind.OFFICE, corner.passphrase),
    )


def _ranking_and_sheet(corner: _Corner) -> None:
    accept_cards(corner.office, [corner.card_id])
    _require(len(ranking(corner.office).ranked) == 1, "the card is not ranked")
    rows = write_summary_sheet(corner.office, corner.folder / "summary.xlsx", prepared_by="")
    _require(rows == 1, "the summary has no row")


def _backup(corner: _Corner) -> None:
    backup = plan_backup(corner.inspector, corner.folder)
    contents = write_backup(backup, progress=Unheard())
    _require((contents.cards, contents.missing) == (1, 0), "the backup is not whole")


def _audit(corner: _Corner) -> None:
    for desk in (corner.office, corner.inspector):
        found = audit(desk)
        _require(found.ok, str(found.flaws))


_CHECKS: tuple[Callable[[_Corner], None], ...] = (
    _form_and_guide,
    _sentences,
    _fonts,
    _database_and_migration,
    _keys,
    _card,
    _seal,
    _pdf,
    _pages,
    _pictures,
    _search,
    _package,
    _ranking_and_sheet,
    _backup,
    _audit,
)
