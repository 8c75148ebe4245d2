"""A receipt is read back as the office wrote it."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from app.domain.card import CardHash, CardId
from app.errors import AppError, Code
from app.exchange.head import Kind
from app.exchange.moments import moment_text
from app.exchange.naming import RECEIPT
from app.exchange.reader import Reader
from app.exchange.receipt import (
    CardAnswer,
    CardOutcome,
    ReceiptDocument,
    ReceivedPackage,
    read_receipt,
    receipt_bytes,
)
from app.exchange.writer import Entry
from tests.packages import WORKSPACE, Post, make_head, make_post, serial
from tests.pki import MOMENT

PACKAGE = ReceivedPackage(
    package_id="0175a4f4-0000-7000-8000-000000000007",
    digest="d" * 64,
    stream=WORKSPACE,
    sequence=7,
    received_at=moment_text(MOMENT),
)
ANSWER = CardAnswer(
    id=CardId("0175a4f4-0000-7000-8000-000000000001"),
    revision=2,
    hash=CardHash("c" * 64),
    outcome=CardOutcome.RETURNED,
    reason="第三项缺照片，请补正",
)
DOCUMENT = ReceiptDocument(
    packages=(PACKAGE,),
    cards=(
        ANSWER,
        msgspec.structs.replace(
            ANSWER,
            revision=3,
            outcome=CardOutcome.SET_ASIDE,
            reason="",
            code="card_document_damaged",
        ),
    ),
)


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return make_post(tmp_path)


def read(post: Post, content: bytes, *more: Entry) -> ReceiptDocument:
    recipient = serial(post.inspector)
    head = replace(
        make_head(), kind=Kind.RECEIPT, recipient=recipient, counts=DOCUMENT.counts, totals={}
    )
    path = post.write(
        head, [Entry(name=RECEIPT, content=content), *more], identity=post.office.identity
    )
    holder = Reader(office=None, serials=frozenset({recipient}))
    return read_receipt(post.open(path, reader=holder, secrets=[post.sender]))


def test_a_receipt_is_read_back(post: Post) -> None:
    assert read(post, receipt_bytes(DOCUMENT)) == DOCUMENT
    assert DOCUMENT.counts == {"packages": 1, "cards": 2}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"outcome": "lost"}, Code.PACKAGE_RECORD_MALFORMED),
        ({"reason": "退回\x1b[2J"}, Code.PACKAGE_RECORD_MALFORMED),
        ({"reason": "字" * 501}, Code.PACKAGE_RECORD_MALFORMED),
        ({"code": "Rm -rf"}, Code.PACKAGE_RECORD_MALFORMED),
        ({"hash": "c"}, Code.PACKAGE_RECORD_MALFORMED),
        ({"mood": "good"}, Code.PACKAGE_RECORD_MALFORMED),
    ],
)
def test_an_answer_in_another_form_is_refused(
    post: Post, change: dict[str, str], code: Code
) -> None:
    document = msgspec.json.decode(receipt_bytes(DOCUMENT), type=dict[str, msgspec.Raw])
    answer = {**msgspec.to_builtins(ANSWER), **change}
    document["cards"] = msgspec.Raw(msgspec.json.encode([answer]))
    with pytest.raises(AppError) as refused:
        read(post, msgspec.json.encode(document))
    assert refused.value.code is code
    assert next(iter(change)) in str(refused.value.facts["where"]) or "mood" in change


def test_counts_of_the_head_are_compared(post: Post) -> None:
    fewer = ReceiptDocument(packages=(PACKAGE,), cards=(ANSWER,))
    with pytest.raises(AppError) as refused:
        read(post, receipt_bytes(fewer))
    assert refused.value.code is Code.PACKAGE_COUNTS_DIFFER


def test_a_receipt_carries_nothing_else(post: Post) -> None:
    with pytest.raises(AppError) as refused:
        read(post, receipt_bytes(DOCUMENT), Entry(name="data/gift", content=b""))
    assert refused.value.code is Code.PACKAGE_ENTRY_UNLISTED
