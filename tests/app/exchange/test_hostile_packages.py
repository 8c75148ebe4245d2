"""Packages built to do harm, sealed again as any courier can: each is refused by its own code."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from app.crypto.cms import sign_detached
from app.errors import Code
from app.exchange.head import bag_info
from tests.corpus.packages.hostile import PAYLOAD, lines, signed_bag, without, zipped
from tests.packages import Post, make_head, make_post
from tests.pki import make_inspector, make_office

NOTHING = b"0" * 64


@pytest.fixture
def post(tmp_path: Path) -> Post:
    folder = tmp_path / "deep" / "below"
    folder.mkdir(parents=True)
    return make_post(folder)


@pytest.fixture
def bag(post: Post) -> dict[str, bytes]:
    return signed_bag(post.inspector)


def code(post: Post, archive: bytes) -> Code:
    """Return the code of the refusal, having seen that nothing was written beside the archive."""
    path = post.reseal(archive)
    refused = post.refusal(path)
    top = post.folder.parents[1]
    written = {found for found in top.rglob("*") if found.is_file()} - {path}
    staging = post.folder / "staging"
    assert all(found.parent == staging and found.suffix == ".zip" for found in written)
    return refused.code


def test_the_sound_bag_these_are_made_from_is_taken(post: Post, bag: dict[str, bytes]) -> None:
    opened = post.open(post.reseal(zipped(bag.items())))
    assert opened.read("data/a.txt") == b"hello"


@pytest.mark.parametrize(
    "name",
    [
        "bag/../../../evil.txt",
        "/abs.txt",
        "bag/data/../../evil",
        "bag\\..\\evil",
        "c:/evil",
        "bag/data/con",
        "bag/data/aux.txt",
        "bag/data/a.txt:stream",
        "bag/data/A.txt",
        "bag/data/",
    ],
)
def test_an_unsafe_name_is_refused(post: Post, bag: dict[str, bytes], name: str) -> None:
    archive = zipped([*((f"bag/{tag}", content) for tag, content in bag.items()), (name, b"e")])
    assert code(post, archive) is Code.PACKAGE_ENTRY_REFUSED


def test_an_unsafe_name_is_refused_even_when_the_signer_lists_it(post: Post) -> None:
    files = signed_bag(post.inspector, payload={**PAYLOAD, "data/A.txt": b"x"})
    assert code(post, zipped(files.items())) is Code.PACKAGE_ENTRY_REFUSED


def test_a_name_beyond_ascii_is_refused(post: Post, bag: dict[str, bytes]) -> None:
    archive = zipped([*bag.items(), ("data/xx", b"e")])
    assert code(post, archive.replace(b"data/xx", b"data/\xc3\xa9")) is Code.PACKAGE_ENTRY_REFUSED


def test_a_link_is_refused(post: Post, bag: dict[str, bytes]) -> None:
    regular, link = ((mode << 16).to_bytes(4, "little") for mode in (0o100644, 0o120777))
    archive = zipped({**bag, "data/a.txt": b"/etc/passwd"}.items())
    assert code(post, archive.replace(regular, link)) is Code.PACKAGE_ENTRY_REFUSED


@pytest.mark.parametrize("place", ["before", "after"])
def test_two_entries_of_one_name_are_refused(
    post: Post, bag: dict[str, bytes], place: str
) -> None:
    evil = [("data/a.txt", b"EVIL!")]
    files = [*evil, *bag.items()] if place == "before" else [*bag.items(), *evil]
    assert code(post, zipped(files)) is Code.PACKAGE_ENTRY_DUPLICATE


@pytest.mark.parametrize("name", ["data/more.txt", "evil-tag.txt", "fetch.txt", "data.txt"])
def test_an_entry_the_signed_lists_do_not_name_is_refused(
    post: Post, bag: dict[str, bytes], name: str
) -> None:
    assert code(post, zipped([*bag.items(), (name, b"e")])) is Code.PACKAGE_ENTRY_UNLISTED


@pytest.mark.parametrize("name", ["readme.txt", "data/a.txt", "bagit.txt"])
def test_an_entry_outside_the_bag_is_refused(post: Post, bag: dict[str, bytes], name: str) -> None:
    inside = ((f"bag/{held}", content) for held, content in bag.items())
    assert code(post, zipped([*inside, (name, bag["bagit.txt"])], top="")) is (
        Code.PACKAGE_ENTRY_UNLISTED
    )


@pytest.mark.parametrize("name", ["fetch.txt", "data/b.txt", "manifest-sha1.txt"])
def test_a_tag_file_of_the_signers_own_is_refused(post: Post, name: str) -> None:
    files = signed_bag(post.inspector, tags={name: b"http://127.0.0.1:1/x - data/b.txt\n"})
    assert code(post, zipped(files.items())) is Code.PACKAGE_ENTRY_UNLISTED


def test_a_tag_manifest_that_lists_what_is_not_there_is_refused(post: Post) -> None:
    files = signed_bag(post.inspector, tags={"fetch.txt": b""})
    assert code(post, zipped(without(files, "fetch.txt").items())) is Code.PACKAGE_ENTRY_UNLISTED


def test_a_tag_manifest_that_does_not_list_a_tag_file_is_refused(
    post: Post, bag: dict[str, bytes]
) -> None:
    tag_manifest = lines({name: bag[name] for name in ("bag-info.txt", "manifest-sha256.txt")})
    bag["tagmanifest-sha256.txt"] = tag_manifest
    bag["tagmanifest-sha256.txt.p7s"] = sign_detached(tag_manifest, post.inspector)
    assert code(post, zipped(bag.items())) is Code.PACKAGE_ENTRY_MISSING


def test_payload_outside_the_payload_folder_is_refused(post: Post) -> None:
    files = signed_bag(post.inspector, payload={"a.txt": b"hello"})
    assert code(post, zipped(files.items())) is Code.PACKAGE_ENTRY_UNLISTED


@pytest.mark.parametrize(
    "name",
    [
        "data/a.txt",
        "bagit.txt",
        "bag-info.txt",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
        "tagmanifest-sha256.txt.p7s",
    ],
)
def test_a_bag_that_lacks_a_file_is_refused(post: Post, bag: dict[str, bytes], name: str) -> None:
    assert code(post, zipped(without(bag, name).items())) is Code.PACKAGE_ENTRY_MISSING


def test_an_empty_archive_is_refused(post: Post) -> None:
    assert code(post, zipped([])) is Code.PACKAGE_ENTRY_MISSING


@pytest.mark.parametrize(
    "line",
    [
        NOTHING + b"  data/a.txt\n",
        NOTHING + b" *data/b.txt\n",
        NOTHING + b"  data/b c.txt\n",
        b"# a remark\n",
        b"\xff\n",
        b"data/b.txt",
    ],
)
def test_a_manifest_line_in_doubt_is_refused(post: Post, line: bytes) -> None:
    files = signed_bag(post.inspector, more_lines=line)
    assert code(post, zipped(files.items())) is Code.PACKAGE_MANIFEST_MALFORMED


@pytest.mark.parametrize("name", ["data/../../../../etc/hostname", "/etc/hostname", "data/b"])
def test_a_manifest_that_points_elsewhere_finds_nothing(post: Post, name: str) -> None:
    files = signed_bag(post.inspector, more_lines=NOTHING + f"  {name}\n".encode())
    assert code(post, zipped(files.items())) is Code.PACKAGE_ENTRY_MISSING


@pytest.mark.parametrize("more", [(NOTHING + b"  data/x\n") * 60_000, bytes(33 << 20)])
def test_a_huge_manifest_is_refused_unparsed(post: Post, more: bytes) -> None:
    files = signed_bag(post.inspector, more_lines=more)
    assert code(post, zipped(files.items())) is Code.PACKAGE_TOO_LARGE


def test_an_unknown_bag_version_is_newer(post: Post) -> None:
    declaration = b"BagIt-Version: 9.9\nTag-File-Character-Encoding: UTF-8\n"
    files = signed_bag(post.inspector, tags={"bagit.txt": declaration})
    assert code(post, zipped(files.items())) is Code.PACKAGE_NEWER


def test_an_unknown_package_version_is_newer(post: Post) -> None:
    head = bag_info(make_head(), oxum="5.1").replace(b"Format-Version: 1", b"Format-Version: 2")
    files = signed_bag(post.inspector, tags={"bag-info.txt": head})
    assert code(post, zipped(files.items())) is Code.PACKAGE_NEWER


@pytest.mark.parametrize("oxum", ["5.2", "6.1"])
def test_a_head_that_counts_the_payload_wrong_is_refused(post: Post, oxum: str) -> None:
    files = signed_bag(post.inspector, tags={"bag-info.txt": bag_info(make_head(), oxum=oxum)})
    assert code(post, zipped(files.items())) is Code.PACKAGE_HEAD_MALFORMED


def test_a_compressed_entry_is_refused_undecompressed(post: Post) -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bag/data/bomb", bytes(30_000_000))
    assert code(post, bomb.getvalue()) is Code.PACKAGE_ENTRY_REFUSED


@pytest.mark.parametrize("size", [4, 6, 0xFFFFFFFF])
def test_an_entry_that_lies_about_its_size_is_refused(
    post: Post, bag: dict[str, bytes], size: int
) -> None:
    archive = bytearray(zipped([*bag.items(), ("data/last", b"hello")]))
    record = archive.rindex(b"PK\x01\x02")
    archive[record + 20 : record + 28] = size.to_bytes(4, "little") * 2
    assert code(post, bytes(archive)) is Code.PACKAGE_ZIP_MALFORMED


def test_entries_that_overlap_are_refused(post: Post, bag: dict[str, bytes]) -> None:
    archive = bytearray(zipped([("data/one", b"hello"), ("data/two", b"hello"), *bag.items()]))
    second = archive.index(b"PK\x01\x02", archive.index(b"PK\x01\x02") + 4)
    archive[second + 42 : second + 46] = bytes(4)
    assert code(post, bytes(archive)) is Code.PACKAGE_ENTRY_REFUSED


def test_bytes_hidden_before_between_and_behind_entries_are_refused(
    post: Post, bag: dict[str, bytes]
) -> None:
    archive = zipped(bag.items())
    directory = archive.index(b"PK\x01\x02")
    hidden = [b"x" + archive, archive + b"x", archive[:directory] + b"x" + archive[directory:]]
    for content in hidden:
        assert code(post, content) in {Code.PACKAGE_ZIP_MALFORMED, Code.PACKAGE_ENTRY_REFUSED}


def test_a_payload_changed_with_its_manifest_is_found_by_the_tag_manifest(
    post: Post, bag: dict[str, bytes]
) -> None:
    forged = signed_bag(post.inspector, payload={"data/a.txt": b"HELLO"})
    files = {**bag, **{name: forged[name] for name in ("data/a.txt", "manifest-sha256.txt")}}
    assert code(post, zipped(files.items())) is Code.PACKAGE_HASH_DIFFERS


def test_a_payload_changed_with_all_lists_is_found_by_the_signature(
    post: Post, bag: dict[str, bytes]
) -> None:
    forged = signed_bag(post.inspector, payload={"data/a.txt": b"HELLO"})
    files = {**forged, "tagmanifest-sha256.txt.p7s": bag["tagmanifest-sha256.txt.p7s"]}
    assert code(post, zipped(files.items())) is Code.SIGNATURE_INVALID


@pytest.mark.parametrize("signature", [b"", b"x", b"\x30\x80\x00\x00", bytes(100)])
def test_what_is_no_signature_is_refused(
    post: Post, bag: dict[str, bytes], signature: bytes
) -> None:
    files = {**bag, "tagmanifest-sha256.txt.p7s": signature}
    assert code(post, zipped(files.items())) is Code.SIGNATURE_INVALID


def test_a_package_signed_anew_by_a_courier_is_refused(post: Post) -> None:
    files = signed_bag(make_inspector(make_office()))
    assert code(post, zipped(files.items())) is Code.SIGNER_UNKNOWN
