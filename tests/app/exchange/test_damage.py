"""Damage, before age and behind it: nothing changed is ever taken for what was sent."""

from pathlib import Path
from random import Random

import pytest

from app.errors import AppError, Code
from app.exchange.stored_zip import archive, read_archive
from tests.packages import Post, make_head, make_post

SIGNATURE = "bag/tagmanifest-sha256.txt.p7s"
EVERY = 3
"""One bit in every third byte keeps this under some seconds; which byte and bit, the seed says."""


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Post:
    return make_post(tmp_path_factory.mktemp("damage"))


@pytest.fixture(scope="module")
def package(post: Post) -> Path:
    return post.write()


def flipped(content: bytes, place: int, bit: int) -> bytes:
    damaged = bytearray(content)
    damaged[place] ^= 1 << bit
    return bytes(damaged)


def refusal(post: Post, plain: bytes) -> Code | None:
    try:
        opened = post.open(post.reseal(plain))
    except AppError as refused:
        return refused.code
    assert opened.head == make_head()
    return None


def test_a_flipped_bit_anywhere_in_the_package_is_found(post: Post, package: Path) -> None:
    sound = package.read_bytes()
    chance = Random(2020)  # noqa: S311 - which bits, not a secret
    damaged = post.folder / "damaged.akp"
    codes = set()
    for _ in range(300):
        damaged.write_bytes(flipped(sound, chance.randrange(len(sound)), chance.randrange(8)))
        codes.add(post.refusal(damaged).code)
    assert codes <= {Code.PACKAGE_DAMAGED, Code.PACKAGE_NOT_FOR_US, Code.FILE_KIND_UNKNOWN}


def test_a_truncated_package_is_found(post: Post, package: Path) -> None:
    sound = package.read_bytes()
    chance = Random(2021)  # noqa: S311 - which lengths, not a secret
    damaged = post.folder / "damaged.akp"
    codes = set()
    for length in [*chance.sample(range(22, len(sound)), 100), len(sound) - 1]:
        damaged.write_bytes(sound[:length])
        codes.add(post.refusal(damaged).code)
    assert codes == {Code.PACKAGE_DAMAGED}


def test_a_package_with_something_behind_it_is_found(post: Post, package: Path) -> None:
    damaged = post.folder / "damaged.akp"
    damaged.write_bytes(package.read_bytes() + b"\0")
    assert post.refusal(damaged).code is Code.PACKAGE_DAMAGED


def test_a_flipped_bit_behind_age_is_found(post: Post, package: Path) -> None:
    plain = post.plain(package)
    chance = Random(2022)  # noqa: S311 - which bits, not a secret
    signature = read_archive(plain)[SIGNATURE]
    start = plain.index(signature)
    places = {*range(start), *range(start + len(signature), len(plain))}
    taken = [
        place
        for place in chance.sample(sorted(places), 500)
        if refusal(post, flipped(plain, place, place % 8)) is None
    ]
    assert taken == []


def test_a_flipped_bit_in_a_tag_file_sealed_with_a_fitting_checksum_is_found(
    post: Post, package: Path
) -> None:
    files = read_archive(post.plain(package))
    codes = set()
    for name in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"):
        content = files[f"bag/{name}"]
        for place in range(0, len(content), EVERY):
            damaged = flipped(content, place, place % 8)
            codes.add(refusal(post, archive({**files, f"bag/{name}": damaged})))
    assert codes == {Code.PACKAGE_HASH_DIFFERS, Code.SIGNATURE_INVALID}


def test_a_flipped_bit_in_the_signature_never_changes_what_is_read(
    post: Post, package: Path
) -> None:
    """CMS has parts outside the signature (a chain nobody needs): those may differ, no more."""
    files = read_archive(post.plain(package))
    signature = files[SIGNATURE]
    digest = post.open(package).digest
    for place in range(0, len(signature), EVERY * 3):
        damaged = archive({**files, SIGNATURE: flipped(signature, place, place % 8)})
        try:
            opened = post.open(post.reseal(damaged))
        except AppError:
            continue
        assert (opened.digest, opened.signer.common_name) == (digest, "练习员甲")
