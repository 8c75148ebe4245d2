"""An assignment is read back as the office wrote it, and in no other form."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from app.domain.assignment import Assignment
from app.domain.card import CardId, Person
from app.domain.unit import UnitFacts
from app.errors import Code
from app.exchange.assignment import (
    AssignmentDocument,
    assignment_bytes,
    assignment_counts,
    read_assignment,
)
from app.exchange.canonical import canonical
from app.exchange.head import Kind
from app.exchange.naming import ASSIGNMENT, PROFILE
from app.exchange.reader import Reader
from app.exchange.writer import Entry
from tests.forms import synthetic_unit
from tests.packages import Post, make_head, make_post, serial
from tests.pki import MOMENT
from tests.refusals import refused

FULL = Assignment(
    card=CardId("0175a4f4-0000-7000-8000-000000000001"),
    season="2020—2021年度",
    unit=synthetic_unit(0, sub_unit="东厂"),
    due=date(2021, 6, 30),
    team=(Person(name="测试甲", post="考核组组长"), Person(name="测试·乙")),
    note="测试：上年未考核；联系人 测试丁",
    last_total=Decimal("98.5"),
    last_date=date(2020, 11, 6),
    open_hazards=("测试：联锁缺失", "测试：通道堵塞"),
    issued_at=MOMENT,
    number=7,
)
BARE = replace(
    FULL,
    card=CardId("0175a4f4-0000-7000-8000-000000000002"),
    unit=synthetic_unit(1, facts=UnitFacts()),
    team=(),
    note="",
    last_total=None,
    last_date=None,
    open_hazards=(),
    withdrawn=True,
)
TASKS = (FULL, BARE)
Wire = dict[str, "Wire | list[Wire] | str | int | bool | None"]


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return make_post(tmp_path)


def read(
    post: Post, content: bytes, *more: Entry, counts: dict[str, int] | None = None
) -> AssignmentDocument:
    recipient = serial(post.inspector)
    head = replace(
        make_head(),
        kind=Kind.ASSIGNMENT,
        recipient=recipient,
        counts=assignment_counts(TASKS) if counts is None else counts,
        totals={},
    )
    entries = [Entry(name=ASSIGNMENT, content=content), *more]
    path = post.write(head, entries, identity=post.office.identity)
    holder = Reader(office=None, serials=frozenset({recipient}))
    return read_assignment(post.open(path, reader=holder, secrets=[post.sender]))


def profile(content: bytes = b"a profile, or nearly") -> Entry:
    return Entry(name=PROFILE, content=content)


def changed(change: Callable[[Wire, Wire], None]) -> bytes:
    """Return the document with its first unit changed by hand."""
    wire: Wire = msgspec.json.decode(assignment_bytes(TASKS), type=dict)
    units = wire["units"]
    assert isinstance(units, list)
    change(wire, units[0])
    return canonical(wire)


def unit_of(task: Wire) -> Wire:
    unit = task["unit"]
    assert isinstance(unit, dict)
    return unit


def test_an_assignment_is_read_back(post: Post) -> None:
    document = read(post, assignment_bytes(TASKS), profile())
    assert document == AssignmentDocument(tasks=TASKS, profile=profile().content)
    assert assignment_counts(TASKS) == {"units": 2, "withdrawn": 1}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda _, task: task.update(due="2021-06-31"), id="no such day"),
        pytest.param(lambda _, task: task.update(due="20210630"), id="another spelling"),
        pytest.param(lambda _, task: task.update(card="x"), id="no card"),
        pytest.param(lambda _, task: task.update(note="a\x1b[2J"), id="control characters"),
        pytest.param(lambda _, task: task.update(last_total="98.50"), id="points"),
        pytest.param(lambda _, task: task.update(mood="good"), id="unknown field"),
        pytest.param(lambda _, task: task.update(open_hazards=[""]), id="empty hazard"),
        pytest.param(lambda _, task: unit_of(task).update(code="91440303MA00T0013H"), id="code"),
        pytest.param(lambda _, task: unit_of(task).update(name=" 测试"), id="name"),
        pytest.param(lambda _, task: unit_of(task).update(facts={}), id="facts"),
        pytest.param(lambda wire, task: wire.update(units=[task, task]), id="twice"),
        pytest.param(lambda wire, _: wire.update(units=[]), id="none"),
        pytest.param(lambda wire, _: wire.update(season=""), id="season"),
        pytest.param(lambda wire, _: wire.update(type="ankang.assignment/2"), id="type"),
    ],
)
def test_another_form_is_refused(post: Post, change: Callable[[Wire, Wire], None]) -> None:
    with refused(Code.PACKAGE_RECORD_MALFORMED, name=ASSIGNMENT):
        read(post, changed(change), profile())


def test_facts_that_contradict_each_other_are_refused(post: Post) -> None:
    unit = synthetic_unit(0, facts=UnitFacts(workers=1, women=2))
    with refused(Code.PACKAGE_RECORD_MALFORMED, where="facts_contradict"):
        read(post, assignment_bytes([replace(FULL, unit=unit)]), profile())


def test_bytes_that_are_not_canonical_are_refused(post: Post) -> None:
    with refused(Code.PACKAGE_RECORD_MALFORMED, where="not in canonical form"):
        read(post, assignment_bytes(TASKS) + b"\n", profile())


def test_it_holds_the_profile_and_nothing_else(post: Post) -> None:
    with refused(Code.PACKAGE_ENTRY_MISSING, name=PROFILE):
        read(post, assignment_bytes(TASKS))
    with refused(Code.PACKAGE_ENTRY_UNLISTED, name="data/gift"):
        read(post, assignment_bytes(TASKS), profile(), Entry(name="data/gift", content=b""))


def test_counts_of_the_head_are_compared(post: Post) -> None:
    with refused(Code.PACKAGE_COUNTS_DIFFER):
        read(post, assignment_bytes(TASKS), profile(), counts={"units": 2, "withdrawn": 0})
