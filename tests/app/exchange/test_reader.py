"""A package is taken from the right signer, for the right reader, in the right time, or not."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.crypto.age import new_age_secret
from app.errors import AppError, Cancelled, Code
from app.exchange.head import Head, Kind
from app.exchange.reader import Reader
from app.exchange.writer import Entry
from tests.packages import ENTRIES, Post, make_head, make_post, serial
from tests.pki import MOMENT, make_inspector, make_office, revoking, trusting

SOME_SERIAL = "31320b4c28056a9f"


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return make_post(tmp_path)


def test_what_was_packed_is_what_is_opened(post: Post) -> None:
    opened = post.open(post.write())
    assert opened.head == make_head()
    assert {name: opened.read(name) for name in opened.files} == {
        entry.name: entry.content for entry in ENTRIES
    }
    assert opened.signer.common_name == "练习员甲"
    assert opened.signer.serial == serial(post.inspector)


def test_a_file_is_lent_in_the_staging_folder_and_taken_back(post: Post) -> None:
    opened = post.open(post.write())
    with opened.file(ENTRIES[1].name) as path:
        assert path.read_bytes() == ENTRIES[1].content
        assert path.parent == opened.archive.parent
    assert not path.exists()


def test_two_packages_may_share_a_staging_folder(post: Post) -> None:
    first = post.open(post.write())
    second = post.open(post.write(entries=[replace(ENTRIES[0], content=b"another")]))
    assert first.read(ENTRIES[0].name) == ENTRIES[0].content
    assert second.read(ENTRIES[0].name) == b"another"


def test_a_file_the_package_has_not_is_missing(post: Post) -> None:
    opened = post.open(post.write())
    with pytest.raises(AppError) as refused:
        opened.read("data/nothing")
    assert refused.value.code is Code.PACKAGE_ENTRY_MISSING


def test_a_large_file_is_lent_but_not_read_into_memory(post: Post) -> None:
    name = "data/evidence/large"
    opened = post.open(post.write(entries=[Entry(name=name, content=bytes((32 << 20) + 1))]))
    with pytest.raises(AppError) as refused:
        opened.read(name)
    assert refused.value.code is Code.PACKAGE_TOO_LARGE
    with opened.file(name) as path:
        assert path.stat().st_size == (32 << 20) + 1


def test_a_staging_folder_touched_after_verification_is_found_out(post: Post) -> None:
    opened = post.open(post.write())
    archive = opened.archive.read_bytes()
    opened.archive.write_bytes(archive.replace(ENTRIES[0].content, ENTRIES[0].content.upper()))
    with pytest.raises(AppError) as refused:
        opened.read(ENTRIES[0].name)
    assert refused.value.code is Code.PACKAGE_HASH_DIFFERS
    with pytest.raises(AppError), opened.file(ENTRIES[0].name):
        pass


def test_the_sender_reopens_his_own(post: Post) -> None:
    sender = Reader(office=None, serials=frozenset({serial(post.inspector)}))
    assert post.open(post.write(), reader=sender, secrets=[post.sender]).head == make_head()


def test_a_package_sealed_to_somebody_else_does_not_open(post: Post) -> None:
    with pytest.raises(AppError) as refused:
        post.open(post.write(), secrets=[new_age_secret()])
    assert refused.value.code is Code.PACKAGE_NOT_FOR_US


@pytest.mark.parametrize(
    "reader",
    [
        Reader(office="440305", serials=frozenset({SOME_SERIAL})),
        Reader(office=None, serials=frozenset()),
    ],
)
def test_a_submission_for_another_office_is_refused_though_it_opens(
    post: Post, reader: Reader
) -> None:
    with pytest.raises(AppError) as refused:
        post.open(post.write(), reader=reader)
    assert refused.value.code is Code.PACKAGE_FOR_OTHER_OFFICE
    assert refused.value.facts == {"recipient": "440304"}


def receipt_for(recipient: str) -> Head:
    return replace(make_head(), kind=Kind.RECEIPT, recipient=recipient)


def test_a_receipt_goes_to_the_holder_of_the_certificate(post: Post) -> None:
    path = post.write(receipt_for(SOME_SERIAL), identity=post.office.identity)
    holder = Reader(office=None, serials=frozenset({SOME_SERIAL}))
    assert post.open(path, reader=holder).signer.office_code == "440304"
    with pytest.raises(AppError) as refused:
        post.open(path, reader=Reader(office="440304", serials=frozenset()))
    assert refused.value.code is Code.PACKAGE_FOR_OTHER_OFFICE


def test_only_an_inspector_submits(post: Post) -> None:
    refused = post.refusal(post.write(identity=post.office.identity))
    assert refused.code is Code.SIGNER_ROLE_WRONG


@pytest.mark.parametrize("kind", [Kind.RECEIPT, Kind.ASSIGNMENT])
def test_only_an_office_sends_down(post: Post, kind: Kind) -> None:
    head = replace(make_head(), kind=kind, recipient=SOME_SERIAL)
    assert post.refusal(post.write(head)).code is Code.SIGNER_ROLE_WRONG


def test_a_kind_to_come_is_told_apart(post: Post) -> None:
    head = replace(make_head(), kind=Kind.ROLLUP, recipient="440304")
    refused = post.refusal(post.write(head, identity=post.office.identity))
    assert (refused.code, refused.facts) == (Code.PACKAGE_KIND_UNSUPPORTED, {"kind": "rollup"})


def test_a_stranger_is_unknown(post: Post) -> None:
    stranger = make_inspector(make_office())
    assert post.refusal(post.write(identity=stranger)).code is Code.SIGNER_UNKNOWN


def test_an_inspector_of_another_trusted_office_cannot_submit_here(post: Post) -> None:
    other = make_office("440305")
    path = post.write(identity=make_inspector(other))
    with pytest.raises(AppError) as refused:
        post.open(path, trust=trusting(post.office, other))
    assert refused.value.code is Code.SIGNER_OFFICE_WRONG


def test_a_certificate_authority_is_no_signer(post: Post) -> None:
    authority = post.office.authority
    identity = replace(post.inspector, key=authority.key, certificate=authority.certificate)
    assert post.refusal(post.write(identity=identity)).code is Code.SIGNER_IS_CA


def test_a_revoked_inspector_is_believed_only_for_what_was_received_before(post: Post) -> None:
    path = post.write()
    revoked = MOMENT + timedelta(days=10)
    trust = revoking(post.office, post.inspector, at=revoked)
    now = MOMENT + timedelta(days=20)
    before, after = revoked - timedelta(days=1), revoked + timedelta(days=1)
    assert post.open(path, trust=trust, now=now, received=before).head.sequence == 7
    for received in (after, None):
        with pytest.raises(AppError) as refused:
            post.open(path, trust=trust, now=now, received=received)
        assert refused.value.code is Code.CERTIFICATE_REVOKED


def test_the_rehearsal_mark_must_be_in_head_and_certificate_alike(tmp_path: Path) -> None:
    office = make_office(rehearsal=True)
    post = Post(folder=tmp_path, office=office, inspector=make_inspector(office))
    assert post.refusal(post.write()).code is Code.PACKAGE_REHEARSAL_MIXED
    practice = replace(make_head(), rehearsal=True)
    assert post.open(post.write(practice)).head.rehearsal
    earnest = make_post(tmp_path)
    assert earnest.refusal(earnest.write(practice)).code is Code.PACKAGE_REHEARSAL_MIXED


@pytest.mark.parametrize("content", [b"", b"age", b"PK\x03\x04", b"%PDF-1.7", bytes(5000)])
def test_what_is_no_package_is_told(post: Post, content: bytes) -> None:
    path = post.folder / "photo.akp"
    path.write_bytes(content)
    assert post.refusal(path).code is Code.FILE_KIND_UNKNOWN


def test_a_missing_package_is_told(post: Post) -> None:
    assert post.refusal(post.folder / "nowhere.akp").code is Code.FILE_MISSING


def test_a_package_larger_than_any_stick_takes_is_refused_unread(post: Post) -> None:
    path = post.write()
    with path.open("r+b") as stream:
        stream.truncate(4 << 30)  # sparse: no disk is used
    assert post.refusal(path).code is Code.PACKAGE_TOO_LARGE


def test_opening_can_be_stopped(post: Post) -> None:
    class Impatient:
        def advance(self, done: int, total: int) -> None:
            assert 0 < done <= total
            raise Cancelled

    with pytest.raises(Cancelled):
        post.open(post.write(), progress=Impatient())
