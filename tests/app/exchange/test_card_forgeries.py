"""Cards as another program might seal them: consistent in themselves, and still refused."""

import json
from collections.abc import Mapping, Sequence

import pytest

from app.errors import Code
from app.exchange.canonical import content_hash
from app.exchange.card_document import read_card
from tests.app.exchange.test_card_document import DOCUMENT, FORM, SECOND
from tests.refusals import refused

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]
Path = tuple[str | int, ...]
CLAUSES: Path = ("scores", "clauses")
FIRST: Path = (*CLAUSES, 0)
SIGNATURE: Path = ("signatures", 0)
EVIDENCE: dict[str, Json] = {
    "sha256": "a" * 64,
    "name": "a.jpg",
    "media_type": "image/jpeg",
    "size": 1,
}
INK: dict[str, Json] = {
    "type": "ink",
    "width": 40_000,
    "height": 20_000,
    "strokes": [[[0, 0, 0, 500], [9_000, 0, 9, 500]]],
}
PREVIOUS: dict[str, Json] = {"hash": "a" * 64, "scores_hash": "b" * 64, "reason": "x"}


def bytes_of(value: Json) -> bytes:
    """Return the canonical form, of numbers too that RFC 8785 has no form for."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def forged(path: Path, value: Json, *, over: bool = True, of: bytes = DOCUMENT) -> bytes:
    """Return a document with one value changed and all hashes over it renewed."""
    document = json.loads(of)
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    for part in ("header", "scores"):
        document[f"{part}_hash"] = content_hash(bytes_of(document[part]))
    if over:
        for signature in document["signatures"]:
            signature["over"] = {part: document[f"{part}_hash"] for part in ("header", "scores")}
    return bytes_of(document)


def test_what_may_differ_is_read() -> None:
    """The forger's tool is good: where the value is allowed, the document is."""
    allowed: tuple[tuple[Path, Json], ...] = (
        (("header", "unit", "name"), "另一个名称"),
        ((*FIRST, "evidence"), [EVIDENCE]),
        ((*SIGNATURE, "manner"), INK),
        ((*SIGNATURE, "manner"), {"type": "paper", "scan": EVIDENCE}),
        ((*SIGNATURE, "manner"), {"type": "absent", "why": "出差", "witness": "测试丙"}),
        ((*SIGNATURE, "manner"), {"type": "pending"}),
    )
    for path, value in allowed:
        read_card(forged(path, value), FORM)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("type",), "ankang.card/2"),
        (("type",), "ankang.card/9"),
        (("type",), "ankang.supplement/1"),
        (("extra",), "x"),
        (("header", "extra"), "x"),
        (("header", "id"), "../../etc/passwd"),
        (("header", "id"), "01930000-0000-7000-8000-000000000002"),
        (("scores", "id"), "01930000-0000-7000-8000-000000000002"),
        (("header", "revision"), 0),
        (("header", "revision"), 2),
        (("header", "revision"), 1 << 70),
        (("header", "revision"), "1"),
        (("header", "revision"), True),
        (("header", "rehearsal"), 1),
        (("header", "date_from"), "20201106"),
        (("header", "date_from"), "2020-13-01"),
        (("header", "date_to"), "2020-11-06T00:00:00"),
        (("header", "office", "name"), "a\u0007"),
        (("header", "unit", "name"), ""),
        (("header", "unit", "name"), "a\nb"),
        (("header", "unit", "name"), "a\u0085b"),
        (("header", "unit", "name"), "长" * 501),
        (("header", "unit", "facts", "women"), -1),
        (("header", "unit", "facts", "women"), 10**400),
        (("header", "unit", "facts", "high_risk"), 1),
        (("header", "assessors"), [{"name": "", "post": ""}]),
        (("header", "assessors"), {}),
        (("previous",), PREVIOUS),
        (("scores", "guide"), "A" * 64),
        (("scores", "guide"), "a" * 64 + "\n"),
        (("scores", "step"), "0"),
        (("scores", "step"), "0.3"),
        (("scores", "step"), "-1"),
        (("scores", "policy"), "generous"),
        (("scores", "totals", "base"), "100"),
        (("scores", "totals", "converted"), "100"),
        (CLAUSES, []),
        (FIRST, None),
        ((*FIRST, "id"), "S1-R1-C2"),
        ((*FIRST, "id"), "S9-R9-C9"),
        ((*FIRST, "points"), "1.0"),
        ((*FIRST, "points"), "01"),
        ((*FIRST, "points"), "1e0"),
        ((*FIRST, "points"), "１"),
        ((*FIRST, "points"), "+1"),
        ((*FIRST, "points"), " 1"),
        ((*FIRST, "points"), "-1"),
        ((*FIRST, "points"), "NaN"),
        ((*FIRST, "points"), "Infinity"),
        ((*FIRST, "points"), 1),
        ((*FIRST, "points"), None),
        ((*FIRST, "status"), "open"),
        ((*FIRST, "status"), "not_applicable"),
        ((*FIRST, "status"), "excellent"),
        ((*FIRST, "source"), None),
        ((*FIRST, "source"), "hearsay"),
        ((*FIRST, "evidence"), [{**EVIDENCE, "sha256": "../../../../etc/passwd"}]),
        ((*FIRST, "evidence"), [{**EVIDENCE, "sha256": "/etc/passwd"}]),
        ((*FIRST, "evidence"), [{**EVIDENCE, "sha256": "A" * 64}]),
        ((*FIRST, "evidence"), [{**EVIDENCE, "size": 0}]),
        ((*FIRST, "evidence"), [{**EVIDENCE, "size": 1 << 53}]),
        ((*FIRST, "evidence"), [{**EVIDENCE, "name": "a\u0000b"}]),
        ((*SIGNATURE, "role"), "emperor"),
        ((*SIGNATURE, "name"), ""),
        ((*SIGNATURE, "at"), "2020-11-06T02:00:00"),
        ((*SIGNATURE, "at"), "2020-11-06T02:00:00+00:00"),
        ((*SIGNATURE, "at"), "2020-11-06 02:00:00Z"),
        ((*SIGNATURE, "at"), "0001-01-01T00:00:00+14:00"),
        ((*SIGNATURE, "manner"), {"type": "thumb"}),
        ((*SIGNATURE, "manner"), {**INK, "strokes": []}),
        ((*SIGNATURE, "manner"), {**INK, "strokes": [[[0, 0, 0, 500]]]}),
        ((*SIGNATURE, "manner"), {**INK, "width": 0}),
        ((*SIGNATURE, "manner"), {**INK, "strokes": [[[0, 0, 0, 1001], [9000, 0, 0, 0]]]}),
        ((*SIGNATURE, "manner"), {**INK, "strokes": [[[0, 0, -1, 0], [9000, 0, 0, 0]]]}),
        ((*SIGNATURE, "manner"), {**INK, "strokes": [[[0, 0, 0, 0], [10**400, 0, 0, 0]]]}),
        ((*SIGNATURE, "manner"), {**INK, "strokes": [[[0, 0, 0], [9000, 0, 0]]]}),
        ((*SIGNATURE, "manner"), {"type": "refused", "why": "", "witness": "测试丙"}),
        ((*SIGNATURE, "manner"), {"type": "refused", "why": "x"}),
        ((*SIGNATURE, "manner"), {"type": "absent", "why": "x", "witness": ""}),
    ],
)
def test_a_value_that_cannot_be_is_refused(path: Path, value: Json) -> None:
    with refused(Code.CARD_DOCUMENT_DAMAGED):
        read_card(forged(path, value), FORM)


VISIT: Path = ("header", "visit")
OPINION: Path = ("scores", "opinion")


def test_what_may_differ_of_a_visit_is_read() -> None:
    for path, value in (
        ((*VISIT, "mode"), "remote"),
        ((*VISIT, "received_by"), []),
        ((*VISIT, "recusal"), {"conflict": "组长曾任该单位顾问"}),
        ((*VISIT, "transcript"), None),
        ((*VISIT, "transcript", "checked_by"), ""),
        ((*OPINION, "objects"), False),
    ):
        read_card(forged(path, value, of=SECOND), FORM)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("type",), "ankang.card/1"),
        (("type",), "ankang.card/3"),
        (VISIT, None),
        (OPINION, None),
        ((*VISIT, "extra"), "x"),
        ((*VISIT, "mode"), "by telephone"),
        ((*VISIT, "photos_allowed"), 1),
        ((*VISIT, "received_by", 0, "name"), ""),
        ((*VISIT, "recusal"), ""),
        ((*VISIT, "recusal", "conflict"), "a\nb"),
        ((*VISIT, "transcript", "typed_by"), ""),
        ((*VISIT, "transcript", "checked_by"), "测试甲"),
        ((*VISIT, "transcript", "scan", "size"), 0),
        ((*OPINION, "text"), ""),
        ((*OPINION, "text"), "长" * 501),
        ((*OPINION, "objects"), "yes"),
    ],
)
def test_a_visit_or_opinion_that_cannot_be_is_refused(path: Path, value: Json) -> None:
    with refused(Code.CARD_DOCUMENT_DAMAGED):
        read_card(forged(path, value, of=SECOND), FORM)


@pytest.mark.parametrize(("path", "value"), [(VISIT, "visit"), (OPINION, "opinion")])
def test_what_the_second_type_adds_is_refused_in_the_first(path: Path, value: str) -> None:
    added = json.loads(SECOND)[path[0]][value]
    with refused(Code.CARD_DOCUMENT_DAMAGED, where="canonical form"):
        read_card(forged(path, added), FORM)


def test_the_second_type_without_what_it_adds_is_refused() -> None:
    with refused(Code.CARD_DOCUMENT_DAMAGED, where="canonical form"):
        read_card(forged(("type",), "ankang.card/2"), FORM)


@pytest.mark.parametrize("part", ["header", "scores"])
def test_a_signature_over_another_part_is_refused(part: str) -> None:
    with refused(Code.CARD_DOCUMENT_DAMAGED, where="signatures"):
        read_card(forged((*SIGNATURE, "over", part), "a" * 64, over=False), FORM)


def test_clauses_in_another_order_are_refused() -> None:
    clauses = json.loads(DOCUMENT)["scores"]["clauses"]
    for other in (clauses[::-1], clauses[1:], [clauses[0], *clauses], clauses[:-1]):
        with refused(Code.CARD_DOCUMENT_DAMAGED):
            read_card(forged(CLAUSES, other), FORM)


def test_points_in_place_of_others_show_in_the_totals() -> None:
    with refused(Code.CARD_DOCUMENT_DAMAGED, where="totals"):
        read_card(forged((*FIRST, "points"), "2"), FORM)
