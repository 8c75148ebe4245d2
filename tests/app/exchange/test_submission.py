"""A submission holds exactly the cards its index names, and the sums its head states."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from app.domain.card import CardHash, CardId
from app.domain.evidence import Sha256
from app.domain.supplement import SupplementHash
from app.errors import AppError, Code
from app.exchange.canonical import content_hash
from app.exchange.naming import SUBMISSION, card_names, evidence_name, supplement_names
from app.exchange.submission import (
    CardRecord,
    SubmissionIndex,
    SupplementRecord,
    read_submission,
    submission_bytes,
)
from app.exchange.wire import EvidenceWire
from app.exchange.writer import Entry
from tests.packages import Post, make_head, make_post

PHOTO, SCAN = b"a photo of the made-up hall", b"a scan"
Files = dict[str, bytes]


def wire(content: bytes, name: str, media_type: str) -> EvidenceWire:
    return EvidenceWire(
        sha256=content_hash(content), name=name, media_type=media_type, size=len(content)
    )


def record(number: int, *evidence: EvidenceWire) -> tuple[CardRecord, Files]:
    """Return a card's entry in the index, and its three files."""
    card_id = CardId(f"0175a4f4-0000-7000-8000-{number:012}")
    document, pdf = f"card {number}".encode(), f"pdf {number}".encode()
    names = card_names(card_id, 1)
    entry = CardRecord(
        id=card_id,
        revision=1,
        hash=CardHash(content_hash(document)),
        base="95.5",
        bonus="10",
        pdf=wire(pdf, "card.pdf", "application/pdf"),
        evidence=evidence,
    )
    return entry, {names.document: document, names.cms: b"a signature", names.pdf: pdf}


def submission(*, photos: bool = True) -> tuple[SubmissionIndex, Files]:
    """Return an index of two cards that share a photo, and the files of its package."""
    photo = wire(PHOTO, "厂房 (1).jpg", "image/jpeg")
    first, first_files = record(1, photo, wire(SCAN, "scan.pdf", "application/pdf"))
    second, second_files = record(2, photo)
    index = SubmissionIndex(cards=(first, second), photos=photos)
    evidence = {PHOTO, SCAN} if photos else set()
    carried = {evidence_name(Sha256(content_hash(each))): each for each in evidence}
    return index, {**first_files, **second_files, **carried, SUBMISSION: submission_bytes(index)}


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return make_post(tmp_path)


def read(post: Post, index: SubmissionIndex, files: Mapping[str, bytes]) -> SubmissionIndex:
    head = replace(make_head(), counts=index.counts, totals=index.totals)
    entries = [Entry(name=name, content=content) for name, content in files.items()]
    return read_submission(post.open(post.write(head, entries)))


def refusal(post: Post, index: SubmissionIndex, files: Mapping[str, bytes]) -> AppError:
    with pytest.raises(AppError) as refused:
        read(post, index, files)
    return refused.value


@pytest.mark.parametrize("photos", [True, False])
def test_an_index_is_read_back(post: Post, photos: bool) -> None:  # noqa: FBT001 - a table
    index, files = submission(photos=photos)
    assert read(post, index, files) == index


def test_counts_and_totals_are_those_of_the_cards() -> None:
    index, _ = submission()
    assert index.counts == {"cards": 2, "evidence": 2, "supplements": 0}
    assert index.totals == {"base": Decimal(191), "bonus": Decimal(20)}
    without, _ = submission(photos=False)
    assert without.counts == {"cards": 2, "evidence": 0, "supplements": 0}


def test_a_supplement_travels_with_its_signature_and_files(post: Post) -> None:
    index, files = submission()
    document, late = b"a supplement", b"a photo from the next day"
    photo = wire(late, "整改后.jpg", "image/jpeg")
    supplement = SupplementRecord(
        hash=SupplementHash(content_hash(document)), card=index.cards[0].hash, files=(photo,)
    )
    name, cms = supplement_names(supplement.hash)
    index = msgspec.structs.replace(index, supplements=(supplement,))
    files |= {
        SUBMISSION: submission_bytes(index),
        name: document,
        cms: b"a signature",
        evidence_name(Sha256(photo.sha256)): late,
    }
    assert read(post, index, files) == index
    assert index.counts == {"cards": 2, "evidence": 3, "supplements": 1}
    assert refusal(post, index, {**files, name: b"another"}).code is Code.PACKAGE_HASH_DIFFERS
    doubled = msgspec.structs.replace(index, supplements=(supplement, supplement))
    files[SUBMISSION] = submission_bytes(doubled)
    assert refusal(post, doubled, files).code is Code.PACKAGE_RECORD_MALFORMED


@pytest.mark.parametrize("part", range(7))
def test_a_file_the_index_names_must_be_there(post: Post, part: int) -> None:
    index, files = submission()
    name = sorted(files)[part]
    del files[name]
    refused = refusal(post, index, files)
    assert (refused.code, refused.facts) == (Code.PACKAGE_ENTRY_MISSING, {"name": name})


def test_a_file_the_index_does_not_name_must_not_be_there(post: Post) -> None:
    index, files = submission(photos=False)
    files[evidence_name(Sha256(content_hash(PHOTO)))] = PHOTO
    assert refusal(post, index, files).code is Code.PACKAGE_ENTRY_UNLISTED


@pytest.mark.parametrize(
    "name",
    [
        "data/cards/0175a4f4-0000-7000-8000-000000000002-r1.json",
        "data/cards/0175a4f4-0000-7000-8000-000000000001-r1.pdf",
        evidence_name(Sha256(content_hash(PHOTO))),
    ],
)
def test_a_file_must_be_the_one_the_index_means(post: Post, name: str) -> None:
    index, files = submission()
    files[name] = b"another"
    refused = refusal(post, index, files)
    assert (refused.code, refused.facts) == (Code.PACKAGE_HASH_DIFFERS, {"name": name})


def test_a_size_the_index_gives_wrongly_is_found(post: Post) -> None:
    index, files = submission()
    first = msgspec.structs.replace(
        index.cards[0], pdf=msgspec.structs.replace(index.cards[0].pdf, size=1)
    )
    lying = SubmissionIndex(cards=(first, index.cards[1]), photos=True)
    files[SUBMISSION] = submission_bytes(lying)
    assert refusal(post, lying, files).code is Code.PACKAGE_HASH_DIFFERS


def test_a_size_one_of_two_cards_gives_wrongly_for_their_photo_is_found(post: Post) -> None:
    index, files = submission()
    photo = msgspec.structs.replace(index.cards[0].evidence[0], size=1)
    first = msgspec.structs.replace(index.cards[0], evidence=(photo, *index.cards[0].evidence[1:]))
    lying = SubmissionIndex(cards=(first, index.cards[1]), photos=True)
    files[SUBMISSION] = submission_bytes(lying)
    assert refusal(post, lying, files).code is Code.PACKAGE_HASH_DIFFERS


def test_sums_of_the_head_are_compared(post: Post) -> None:
    index, files = submission()
    entries = [Entry(name=name, content=content) for name, content in files.items()]
    head = replace(make_head(), counts=index.counts, totals={**index.totals, "base": Decimal(192)})
    with pytest.raises(AppError) as refused:
        read_submission(post.open(post.write(head, entries)))
    assert refused.value.code is Code.PACKAGE_COUNTS_DIFFER
    assert refused.value.facts == {"what": "Total-Base", "stated": "192", "found": "191"}


def test_a_card_that_stands_twice_is_refused(post: Post) -> None:
    index, files = submission()
    doubled = SubmissionIndex(cards=(*index.cards, index.cards[0]), photos=True)
    files[SUBMISSION] = submission_bytes(doubled)
    assert refusal(post, doubled, files).code is Code.PACKAGE_RECORD_MALFORMED


SOUND = submission_bytes(submission()[0])


@pytest.mark.parametrize(
    ("sound", "damaged"),
    [
        (SOUND, b""),
        (SOUND, b"{}"),
        (SOUND, SOUND + b"\n"),
        (SOUND, b"[" * 100_000),
        (b"ankang.submission/1", b"ankang.submission/2"),
        (b'"photos":true', b'"photos":1'),
        (b'"photos":true', b'"more":1,"photos":true'),
        (b'"photos":true', b'"photos":true,"photos":true'),
        (b'"revision":1', b'"revision":0'),
        (b'"revision":1', b'"revision":1.0'),
        (b'"base":"95.5"', b'"base":"95.50"'),
        (b'"base":"95.5"', b'"base":95.5'),
        (b'"base":"95.5"', b'"base":"1e5"'),
        (b'"size":', b'"size":9007199254740993'),
        (b'"id":"0175', b'"id":"../..'),
        ("厂房".encode(), b"\xff\xfe"),
    ],
)
def test_an_index_in_another_form_is_refused(post: Post, sound: bytes, damaged: bytes) -> None:
    index, files = submission()
    assert sound in SOUND
    files[SUBMISSION] = SOUND.replace(sound, damaged)
    refused = refusal(post, index, files)
    assert refused.code is Code.PACKAGE_RECORD_MALFORMED
    assert refused.facts["name"] == SUBMISSION


def test_a_submission_without_a_card_is_refused(post: Post) -> None:
    empty = SubmissionIndex(cards=(), photos=False)
    refused = refusal(post, empty, {SUBMISSION: submission_bytes(empty)})
    assert refused.code is Code.PACKAGE_RECORD_MALFORMED
