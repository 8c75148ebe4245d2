"""ankang.supplement/1: what is signed reads back, and nothing else is read."""

import json
from datetime import UTC, datetime

import pytest

from app.domain.card import CardHash, CardId
from app.domain.evidence import Evidence, Sha256
from app.domain.form import ClauseId
from app.domain.signature import Manner, Paper, Signatory, Signature
from app.domain.supplement import Addition, LateEvidence, LateSignature, Supplement
from app.errors import Code
from app.exchange.canonical import Json, canonical
from app.exchange.supplement_document import read_supplement, write_supplement
from tests.refusals import refused
from tests.scorecards import synthetic_ink

NOON = datetime(2020, 11, 7, 4, 0, tzinfo=UTC)
FILE = Evidence(sha256=Sha256("a" * 64), name="测试.jpg", media_type="image/jpeg", size=7)


def signed(manner: Manner) -> LateSignature:
    return LateSignature(
        signature=Signature(
            signatory=Signatory.UNIT,
            name="测试丙",
            at=NOON,
            manner=manner,
            header_hash="b" * 64,
            scores_hash="c" * 64,
        )
    )


def supplement(addition: Addition) -> Supplement:
    return Supplement(
        card=CardId("0175a4f4-0000-7000-8000-000000000001"),
        revision=1,
        card_hash=CardHash("d" * 64),
        at=NOON,
        addition=addition,
    )


@pytest.mark.parametrize(
    "addition",
    [
        signed(Paper(scan=FILE)),
        signed(synthetic_ink()),
        LateEvidence(clause=ClauseId("S1-R1-C1"), files=(FILE,)),
    ],
    ids=["paper", "ink", "evidence"],
)
def test_a_supplement_reads_back_as_it_was(addition: Addition) -> None:
    made = supplement(addition)
    assert read_supplement(write_supplement(made)) == made


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "ankang.card/1"),
        ("card_hash", "x" * 64),
        ("at", "2020-11-07 04:00"),
        ("revision", 0),
        ("addition", {"type": "score"}),
        ("strange", 1),
    ],
)
def test_another_document_is_refused(field: str, value: Json) -> None:
    document = json.loads(
        write_supplement(supplement(LateEvidence(clause=ClauseId("S1-R1-C1"), files=(FILE,))))
    )
    with refused(Code.SUPPLEMENT_DAMAGED):
        read_supplement(canonical({**document, field: value}))


def test_bytes_that_are_not_the_canonical_form_are_refused() -> None:
    document = write_supplement(
        supplement(LateEvidence(clause=ClauseId("S1-R1-C1"), files=(FILE,)))
    )
    with refused(Code.SUPPLEMENT_DAMAGED):
        read_supplement(document + b" ")
