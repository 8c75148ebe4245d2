"""The demo end to end: what it made stands where it says, and every workspace proves it."""

import json
import stat
from collections import Counter
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from app.cli.demo import aligned
from app.cli.run import REFUSED
from app.crypto.passphrase import passphrase_of_file
from app.domain.delivery import State, Verdict
from app.domain.keyring import CredentialKind
from app.domain.ranking import LeftOut
from app.domain.signature import Absent, Ink, Paper, Pending, Refused
from app.services.cards.view import list_cards
from app.services.desk.desk import Desk, open_desk
from app.services.keys.unlock import unlock
from app.services.office.rank import ranking
from app.services.seal.seal import sealed_of, signed_card
from app.services.verify.verdict import Kind
from app.services.verify.verify import verify_pdf
from app.services.verify.verify_package import verify_package
from db.workspace import open_workspace
from tests.app.rehearsal.conftest import Played, play
from tests.forms import RESOURCES


def reading(played: Played, name: str) -> Desk:
    return open_desk(open_workspace, played.folder / name, resources=RESOURCES, writing=False)


def states(played: Played, name: str) -> Counter[State]:
    with closing((desk := reading(played, name)).workspace):
        return Counter(listed.state for listed in list_cards(desk))


def test_the_answer_is_one_document_and_the_rest_is_told_line_by_line(played: Played) -> None:
    document = json.loads(played.answer)
    assert document["folder"] == str(played.folder)
    assert [(each["workspace"], each["ok"]) for each in document["audit"]] == [
        ("office", True),
        ("inspector-1", True),
        ("inspector-2", True),
    ]
    assert len(played.told) > 25
    assert "重复 5 份" in "\n".join(played.told)


def test_everything_listed_is_there(played: Played) -> None:
    counts = {what: len(paths) for what, paths in played.made.items()}
    assert counts == {
        "office": 1,
        "inspector-1": 1,
        "inspector-2": 1,
        "pdf": 11,
        "package": 3,
        "receipt": 3,
        "summary": 1,
        "units": 1,
        "profile": 1,
        "credential": 2,
        "keys": 4,
        "passphrase": 3,
        "readme": 1,
    }
    assert all(path.exists() for paths in played.made.values() for path in paths)


def test_each_inspector_leaves_one_card_open(played: Played) -> None:
    assert states(played, "inspector-1") == {State.ADOPTED: 5, State.DRAFT: 1}
    assert states(played, "inspector-2") == {
        State.ADOPTED: 4,
        State.RECEIVED: 1,
        State.COMPLETE: 1,
    }


def test_the_returned_card_came_back_as_a_second_revision(played: Played) -> None:
    with closing((desk := reading(played, "office")).workspace):
        indexes = desk.workspace.cards.all_sealed()
        decisions = desk.workspace.decisions.all()
    verdicts = {
        index.revision: decisions[index.hash].verdict
        for index in indexes
        if len([other for other in indexes if other.id == index.id]) > 1
    }
    assert verdicts == {1: Verdict.RETURNED, 2: Verdict.ADOPTED}


def test_nine_cards_are_ranked_and_one_waits(played: Played) -> None:
    with closing((desk := reading(played, "office")).workspace):
        order = ranking(desk)
    assert [why for _, why in order.left_out] == [LeftOut.NOT_DECIDED]
    assert len(order.ranked) == 9
    assert len({ranked.rank for ranked in order.ranked}) < 9  # a shared rank


def test_the_summary_lists_them(played: Played) -> None:
    sheet = load_workbook(BytesIO(played.made["summary"][0].read_bytes())).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert "练习样表 无效" in str(rows[0][0])
    assert sum(isinstance(row[0], int) and isinstance(row[9], int) for row in rows) == 9
    assert any(str(row[0]).startswith("登记参赛单位 12 家") for row in rows)


def test_all_five_manners_of_signing_occur(played: Played) -> None:
    manners = set()
    for name in ("inspector-1", "inspector-2"):
        with closing((desk := reading(played, name)).workspace):
            for listed in list_cards(desk):
                if listed.line.sealed is not None:
                    card = signed_card(desk, sealed_of(desk, listed.line.id))
                    manners |= {type(signature.manner) for signature in card.signatures}
    assert manners == {Ink, Paper, Refused, Absent, Pending}


def test_each_print_and_each_package_is_verified(played: Played) -> None:
    word = (played.folder / "passphrase-office.txt").read_bytes()
    desk = open_desk(open_workspace, played.folder / "office", resources=RESOURCES)
    with closing(desk.workspace):
        unlocked = unlock(desk, CredentialKind.OFFICE, passphrase_of_file(word))
        reports = [verify_pdf(desk, path) for path in played.made["pdf"]]
        reports += [verify_package(desk, path, unlocked) for path in played.made["package"]]
    assert [report.faults for report in reports if not report.ok] == []
    assert {report.kind for report in reports} == {Kind.PDF, Kind.PACKAGE}
    assert {report.signer.common_name for report in reports if report.signer} == {
        "阿依古丽·买买提",
        "韩辉𫍯",
    }


def test_keys_are_for_their_owner_alone(played: Played) -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) for path in played.made["keys"]}
    assert modes == {0o600}
    assert stat.S_IMODE(played.folder.stat().st_mode) & 0o077 == 0


def test_the_folder_explains_itself_in_both_languages(played: Played) -> None:
    text = (played.folder / "README.txt").read_text(encoding="utf-8")
    assert "只供练习" in text
    assert "practice keys" in text


@pytest.mark.parametrize(
    ("language", "sentence"), [("zh_CN", "文件夹不是空的"), ("en", "The folder is not empty")]
)
def test_a_folder_that_holds_something_is_left_alone(
    tmp_path: Path, language: str, sentence: str
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    code, answer, told = play("demo", str(tmp_path), "--lang", language)
    assert (code, answer) == (REFUSED, "")
    assert told.startswith(f"error: folder_not_empty: {sentence}")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "taken"
    path.write_text("mine")
    code, _, told = play("demo", str(path))
    assert code == REFUSED
    assert told.startswith("error: file_not_writable: ")
    assert path.read_text() == "mine"


def test_a_table_is_aligned_over_wide_characters() -> None:
    lines = list(aligned([["内容", "数量", "位置"], ["PDF", "11", "/a"], ["报送文件", "3", "/b"]]))
    assert lines == ["内容      数量  位置", "PDF       11    /a", "报送文件  3     /b"]


def test_signatures_and_seals_stand_below_the_table_of_every_print(played: Played) -> None:
    for path in played.made["pdf"]:
        with PdfDocument(path) as document:
            block = [document[number].get_textpage().get_text_range() for number in (1, 2)]
        assert "总 得 分" in block[0], path.name
        assert "考核人员电子签封" in "".join(block), path.name
