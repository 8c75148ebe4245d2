"""The signed card: what is written is read back, and nothing else is read at all."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings

from app.domain.card import Card, Previous, files_of, revise, sign
from app.domain.evidence import Evidence, Sha256
from app.domain.form import FormHash
from app.domain.signature import Refused, Signatory, Signature
from app.domain.visit import Host, Opinion, Recusal, Transcript, Visit
from app.errors import AppError, Code
from app.exchange.card_document import (
    FIRST_TYPE,
    SECOND_TYPE,
    card_hash,
    form_of,
    part_hashes,
    read_card,
    write_card,
)
from tests.fakes import START
from tests.forms import complete_card, national_form, open_card
from tests.refusals import refused
from tests.strategies import cards

FORM = national_form()
Document = dict[str, "Document"] | list["Document"] | str | int | bool | None


def signed(card: Card, signatory: Signatory = Signatory.LEAD) -> Card:
    """Return the card with a signature over it as it stands."""
    hashes = part_hashes(card, FORM)
    return sign(
        card,
        Signature(
            signatory=signatory,
            name="测试甲",
            at=START,
            manner=Refused(why="不同意扣分", witness="测试乙"),
            header_hash=hashes.header,
            scores_hash=hashes.scores,
        ),
    )


def consistent(card: Card) -> Card:
    """Return a drawn card with its signatures over what it says."""
    hashes = part_hashes(card, FORM)
    return replace(
        card,
        signatures=tuple(
            replace(each, header_hash=hashes.header, scores_hash=hashes.scores)
            for each in card.signatures
        ),
    )


CARD = signed(signed(complete_card(points={"S1-R1-C1": "1"})), Signatory.UNIT)
DOCUMENT = write_card(CARD, FORM)
VISIT = Visit(
    received_by=(Host(name="测试丁", post="安全部经理"),),
    photos_allowed=False,
    credentials_shown=True,
    recusal=Recusal(),
    transcript=Transcript(
        typed_by="测试甲",
        checked_by="测试乙",
        scan=Evidence(sha256=Sha256("c" * 64), name="原件.pdf", media_type="x", size=9),
    ),
)
OPINION = Opinion(objects=True, text="培训记录在总部，请核")
VISITED = replace(CARD, visit=VISIT, opinion=OPINION, signatures=())
SECOND = write_card(signed(signed(VISITED), Signatory.UNIT), FORM)


@settings(max_examples=50)
@given(card=cards())
def test_a_card_is_read_as_it_was_written(card: Card) -> None:
    card = consistent(card)
    document = write_card(card, FORM)
    assert read_card(document, FORM) == card
    assert form_of(document) == FORM.hash


@settings(max_examples=20)
@given(card=cards())
def test_the_hashes_can_be_had_without_this_program(card: Card) -> None:
    """The standard library's JSON, with sorted keys and no blanks, gives the same bytes."""
    document = write_card(card, FORM)
    read = json.loads(document)
    for part in ("header", "scores"):
        text = json.dumps(read[part], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert sha256(text.encode()).hexdigest() == read[f"{part}_hash"]
    whole = json.dumps(read, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert whole.encode() == document
    assert card_hash(document) == sha256(document).hexdigest()


def test_the_format_has_not_moved() -> None:
    """Signed cards out there must be read for ever: another hash here is another format."""
    assert card_hash(DOCUMENT) == (
        "36de93b5cb9817d140dbae58b729726215de1b54361f34313ff6ed9835c0b1aa"
    )
    assert card_hash(SECOND) == (
        "c7e5add79e05326dc7827a987a0c6ad7ae6e5ac4d1abf8fba2b96b1123280719"
    )


@settings(max_examples=30)
@given(card=cards())
def test_a_card_is_of_the_oldest_type_that_holds_it(card: Card) -> None:
    bare = replace(card, visit=None, opinion=None, signatures=())
    read = json.loads(write_card(bare, FORM))
    assert read["type"] == FIRST_TYPE
    assert "visit" not in read["header"]
    assert "opinion" not in read["scores"]
    for more in (replace(bare, visit=Visit()), replace(bare, opinion=Opinion(objects=False))):
        assert json.loads(write_card(more, FORM))["type"] == SECOND_TYPE


def test_the_visit_is_of_the_header_and_the_opinion_of_the_scores() -> None:
    before = part_hashes(CARD, FORM)
    visited = part_hashes(replace(CARD, visit=VISIT), FORM)
    objected = part_hashes(replace(CARD, opinion=OPINION), FORM)
    assert (visited.header != before.header, visited.scores) == (True, before.scores)
    assert (objected.header, objected.scores != before.scores) == (before.header, True)


def test_the_scan_of_the_paper_is_a_file_of_the_card() -> None:
    assert VISIT.transcript is not None
    assert VISIT.transcript.scan in files_of(read_card(SECOND, FORM))


def test_each_part_has_its_own_hash() -> None:
    before = part_hashes(CARD, FORM)
    renamed = replace(CARD, unit=replace(CARD.unit, name="更正后的名称"))
    rescored = complete_card(open_card(), points={"S1-R1-C1": "2"})
    assert part_hashes(renamed, FORM).scores == before.scores
    assert part_hashes(renamed, FORM).header != before.header
    assert part_hashes(rescored, FORM).scores != before.scores
    assert part_hashes(rescored, FORM).header == before.header


def test_signatures_are_over_neither_part() -> None:
    assert part_hashes(CARD, FORM) == part_hashes(replace(CARD, signatures=()), FORM)


def test_a_card_on_another_form_is_told() -> None:
    other = replace(FORM, hash=FormHash("0" * 64))
    with refused(Code.FORM_UNKNOWN, form=FORM.hash):
        read_card(DOCUMENT, other)


def test_a_text_no_reader_would_take_is_not_written() -> None:
    for name in ("", "a\x07", "长" * 501):
        with refused(Code.CARD_DOCUMENT_DAMAGED):
            write_card(replace(CARD, unit=replace(CARD.unit, name=name)), FORM)
    longest = replace(CARD.unit, name="𬭎" * 500)
    write_card(replace(CARD, unit=longest), FORM)


def test_the_units_signature_is_carried_through_a_correction_of_text() -> None:
    correction = carried(CARD)
    document = write_card(correction, FORM)
    assert read_card(document, FORM) == correction


def carried(card: Card, *, scores_hash: str | None = None) -> Card:
    """Return the next revision under another name, with the unit's signature of before."""
    previous = Previous(
        hash=card_hash(write_card(card, FORM)),
        scores_hash=scores_hash or part_hashes(card, FORM).scores,
        reason="更正单位名称",
    )
    following = revise(card, previous=previous)
    return replace(following, unit=replace(card.unit, name="更正后的名称"))


def test_nobody_elses_signature_is_carried() -> None:
    held = CARD.signatures
    for correction in (
        replace(carried(CARD), signatures=held),
        carried(CARD, scores_hash="0" * 64),
        replace(carried(CARD), previous=None, revision=1),
    ):
        with refused(Code.CARD_DOCUMENT_DAMAGED, where="signatures"):
            read_card(write_card(correction, FORM), FORM)


def test_a_signature_over_other_scores_is_refused() -> None:
    stale = replace(CARD, signatures=signed(complete_card(open_card())).signatures)
    with refused(Code.CARD_DOCUMENT_DAMAGED, where="signatures"):
        read_card(write_card(stale, FORM), FORM)


def outcome(document: bytes) -> Card | Code:
    """Return the card of a document, or why there is none."""
    try:
        return read_card(document, FORM)
    except AppError as refusal:
        return refusal.code


@pytest.mark.parametrize("place", range(0, len(DOCUMENT), len(DOCUMENT) // 100))
def test_no_byte_may_differ_unseen(place: int) -> None:
    """A letter of a signatory's name alone is for the CMS to guard; the card shows it."""
    changed = bytearray(DOCUMENT)
    changed[place] ^= 1
    found = outcome(bytes(changed))
    if isinstance(found, Card):
        assert replace(found, signatures=CARD.signatures) == CARD != found
    else:
        assert found in {Code.CARD_DOCUMENT_DAMAGED, Code.FORM_UNKNOWN}


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(b"", id="empty"),
        pytest.param(DOCUMENT[:-1], id="cut"),
        pytest.param(DOCUMENT + b"\n", id="line end"),
        pytest.param(b" " + DOCUMENT, id="blank"),
        pytest.param(b"\xef\xbb\xbf" + DOCUMENT, id="byte order mark"),
        pytest.param(DOCUMENT.decode().encode("utf-16"), id="utf-16"),
        pytest.param(json.dumps(json.loads(DOCUMENT)).encode(), id="another JSON writer"),
        pytest.param(DOCUMENT.replace(b'"revision":1', b'"revision":1.0'), id="float"),
        pytest.param(DOCUMENT.replace(b'"revision":1', b'"revision":1e0'), id="exponent"),
        pytest.param(DOCUMENT.replace(b'"revision":1', b'"revision":2,"revision":1'), id="twice"),
        pytest.param(DOCUMENT.replace("测".encode(), b"\\u6d4b"), id="escaped"),
        pytest.param(DOCUMENT.replace("测".encode(), b"\\ud800x"), id="lone surrogate"),
        pytest.param(DOCUMENT.replace("测".encode(), b"\xed\xa0\x80"), id="surrogate in UTF-8"),
        pytest.param(b'{"x":' + b"[" * 100_000, id="deep"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"null", id="nothing"),
    ],
)
def test_there_is_one_spelling_only(document: bytes) -> None:
    with refused(Code.CARD_DOCUMENT_DAMAGED):
        read_card(document, FORM)
