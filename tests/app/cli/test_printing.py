"""`card print`: prints of one card or many, into a folder or one file."""

from tests.app.cli.shell import CODE, Shell
from tests.forms import SYNTHETIC_CODES
from tests.pages import texts_of


def test_prints_of_many_cards_go_into_a_folder_each_by_itself(shell: Shell) -> None:
    cards = [shell.new_card(code) for code in (CODE, SYNTHETIC_CODES[1])]
    folder = shell.folder / "out"
    answer = shell.json(
        "card", "print", *cards, "--kind=walk", "--kind=blank", "-o", folder, home="first"
    )
    assert [(row["id"], row["kind"], row["error"]) for row in answer.rows] == [
        (card, kind, None) for card in cards for kind in ("walk", "blank")
    ]
    assert {str(row["path"]) for row in answer.rows} == {str(path) for path in folder.iterdir()}
    assert "已完成 1 份，共 4 份" in answer.err


def test_or_into_one_file_without_what_says_nothing(shell: Shell) -> None:
    cards = [shell.new_card(code) for code in (CODE, SYNTHETIC_CODES[1])]
    path = shell.folder / "all.PDF"
    kinds = ("--kind=feedback", "--kind=rectification")
    answer = shell.json("card", "print", *cards, *kinds, "-o", path, home="first")
    assert [row["error"] for row in answer.rows] == [None, "print_empty"] * 2
    assert len(texts_of(path.read_bytes())) == 2
    assert "2 份没有内容" in shell.text("card", "print", *cards, *kinds, "-o", path, home="first")


def test_the_scorecard_is_printed_where_no_kind_is_named(shell: Shell) -> None:
    card = shell.new_card()
    path = shell.folder / "card.pdf"
    shell.json("card", "print", card, "-o", path, home="first")
    assert "未定稿" in texts_of(path.read_bytes())[0]


def test_a_single_print_that_cannot_be_made_is_refused(shell: Shell) -> None:
    card, out = shell.new_card(), shell.folder / "out"
    one = ("card", "print", card, "--kind=history", "-o", out)
    assert shell.refused(*one, home="first") == "print_empty"
    assert not out.exists()
    chosen = ("card", "print", card, "--kind=rectification", "--hazard=none", "-o", out)
    assert shell.refused(*chosen, home="first") == "hazard_unknown"


def test_one_refused_among_several_is_told_and_the_rest_is_printed(shell: Shell) -> None:
    card, out = shell.new_card(), shell.folder / "out"
    answer = shell("card", "print", "none", card, "-o", out, "--json", home="first")
    assert answer.status == 1
    assert answer.code == "card_unknown"
    assert [row["error"] for row in answer.rows] == ["card_unknown", None]
