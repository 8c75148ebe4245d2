"""The code on a paper: what was signed comes back, and nothing that was changed does."""

import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from time import process_time

import cbor2
import pytest
from base45 import b45decode, b45encode
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.cose import payload_of, sign_cose
from app.crypto.identity import SigningIdentity
from app.domain.card import CardId
from app.errors import AppError, Code
from app.exchange.compact_credential import CONTEXT as CREDENTIAL_CONTEXT
from app.exchange.paper_proof import CONTEXT, PREFIX, Figures, read_proof, write_proof
from app.reports.typeset.qr import modules
from tests.pki import make_inspector, make_office, trusting
from tests.refusals import refused
from tests.scorecards import LONG_MINORITY_NAME, RARE_NAME

OFFICE = make_office()
TRUST = trusting(OFFICE)
INSPECTOR = make_inspector(OFFICE)
FIGURES = Figures(
    card=CardId("0175a4f4-0001-7000-8000-00000000000a"),
    revision=2,
    rehearsal=False,
    unit="测试精密电子科技（深圳）有限公司第二分厂",
    form="0123456789abcdef",
    date=date(2021, 6, 1),
    sections=tuple(map(Decimal, ("7", "17.5", "10", "18.25", "20", "20", "4.5"))),
    base=Decimal("92.75"),
    bonus=Decimal("4.5"),
    converted=None,
    card_hash="fedcba9876543210" * 2,
)
TEXT = write_proof(FIGURES, INSPECTOR)
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
REFUSALS = {Code.PROOF_DAMAGED, Code.SIGNATURE_INVALID, Code.SIGNER_UNKNOWN}


def message() -> bytes:
    """Return the COSE message in the code."""
    return zlib.decompress(b45decode(TEXT.removeprefix(PREFIX)))


def packed(content: bytes, *, level: int = 0) -> str:
    """Return a message as the text of a code."""
    return PREFIX + str(b45encode(zlib.compress(content, level)), "ascii")


def is_refused(text: str) -> None:
    """Expect one of the refusals a changed code meets."""
    with pytest.raises(AppError) as refusal:
        read_proof(text, TRUST)
    assert refusal.value.code in REFUSALS


def test_what_was_signed_comes_back() -> None:
    read = read_proof(TEXT, TRUST)
    assert read.figures == FIGURES
    assert read.figures.total == Decimal("97.25")
    assert read.credential.name == "练习员甲"
    assert read.office == OFFICE.trusted


def test_a_converted_base_comes_back() -> None:
    figures = replace(FIGURES, converted=Decimal("98.77"))
    assert read_proof(write_proof(figures, INSPECTOR), TRUST).figures == figures


@pytest.mark.parametrize(
    ("unit", "inspector", "version"),
    [
        ("测试一号工厂", INSPECTOR, 16),
        (FIGURES.unit, INSPECTOR, 17),
        ("测" * 60, INSPECTOR, 19),
        ("𬭎" * 59 + "…", make_inspector(OFFICE, LONG_MINORITY_NAME), 22),
        (RARE_NAME, make_inspector(OFFICE, "𫚖" * 64), 22),
    ],
)
def test_the_code_stays_coarse_enough(unit: str, inspector: SigningIdentity, version: int) -> None:
    text = write_proof(replace(FIGURES, unit=unit), inspector)
    assert read_proof(text, TRUST).figures.unit == unit
    assert set(text) <= set(ALPHABET)
    assert len(modules(text)) <= 17 + 4 * version


def test_every_changed_bit_of_the_message_is_refused() -> None:
    original = message()
    for place in range(len(original)):
        for bit in range(8):
            changed = bytearray(original)
            changed[place] ^= 1 << bit
            is_refused(packed(bytes(changed)))


def test_every_changed_or_missing_character_is_refused() -> None:
    for place, character in enumerate(TEXT):
        other = ALPHABET[(ALPHABET.index(character) + 1 + place % 43) % 45]
        is_refused(TEXT[:place] + other + TEXT[place + 1 :])
        is_refused(TEXT[:place])
    for more in ("0", "00", "000", "\n", " ", "AKP1:", "é", "\N{FULLWIDTH DIGIT ZERO}"):
        is_refused(TEXT + more)


def test_the_same_message_packed_another_way_is_refused() -> None:
    is_refused(packed(message(), level=9))
    raw = zlib.compressobj(0, zlib.DEFLATED, -15)
    is_refused(PREFIX + str(b45encode(raw.compress(message()) + raw.flush()), "ascii"))


def test_a_small_code_that_unpacks_to_a_flood_is_refused() -> None:
    is_refused(packed(bytes(1_500_000), level=9))
    is_refused(PREFIX + "0" * 5_000)


def shared_pairs(depth: int, place: int = 0) -> bytes:
    """Return a pair of one pair, of one pair ... each written once (CBOR tags 28 and 29)."""
    if not depth:
        return b"\xd8\x1c\x81\x01"
    once = shared_pairs(depth - 1, place + 1)
    return b"\xd8\x1c\x82" + once + b"\xd8\x1d" + cbor2.dumps(place + 1)


@pytest.mark.parametrize(
    "bomb",
    [
        b"\xa1\x01\xd8\x1e\x81\x6b1e999999999",  # a fraction of 10^9 digits
        b"\xa1" + shared_pairs(60) + b"\x01",  # a key that takes 2^60 steps to compare
        b"\xa1\x01\x9b" + b"\x7f" * 8,  # a list longer than memory
        b"\xa1\x01\x5b" + b"\x7f" * 8,
        b"\x81" * 2_000,
        b"\xd8\x23\x61(",  # a regular expression
    ],
)
def test_a_small_code_that_takes_hours_to_understand_is_refused_at_once(bomb: bytes) -> None:
    signed = sign_cose(bomb, INSPECTOR.key, context=CONTEXT)
    inside = replace(INSPECTOR, compact=signed)
    begun = process_time()
    is_refused(packed(bomb))
    is_refused(packed(signed))
    is_refused(write_proof(FIGURES, inside))
    assert process_time() - begun < 1


@pytest.mark.parametrize("text", ["", "AKP1:", "AKP2:" + TEXT[5:], "HC1:6BF", "akp1:" + TEXT[5:]])
def test_what_is_no_code_of_ours_is_refused(text: str) -> None:
    with refused(Code.PROOF_DAMAGED):
        read_proof(text, TRUST)


def test_a_credential_of_one_with_the_signature_of_another_is_refused() -> None:
    colleague = make_inspector(OFFICE, "练习员乙")
    mixed = replace(INSPECTOR, key=colleague.key)
    with refused(Code.SIGNATURE_INVALID):
        read_proof(write_proof(FIGURES, mixed), TRUST)


def test_nobody_but_the_ca_makes_a_credential() -> None:
    """Neither the inspector himself nor the office's own identity, which sign other documents."""
    payload = payload_of(INSPECTOR.compact)
    for key in (INSPECTOR.key, OFFICE.identity.key, make_office().authority.key):
        own = replace(INSPECTOR, compact=sign_cose(payload, key, context=CREDENTIAL_CONTEXT))
        with refused(Code.SIGNER_UNKNOWN):
            read_proof(write_proof(FIGURES, own), TRUST)


def test_a_message_for_one_purpose_is_none_for_the_other() -> None:
    """Not even when the CA signed it, and be the content what the other purpose wants."""
    credential, figures = payload_of(INSPECTOR.compact), payload_of(message())
    misread = sign_cose(credential, OFFICE.authority.key, context=CONTEXT)
    with refused(Code.SIGNER_UNKNOWN):
        read_proof(write_proof(FIGURES, replace(INSPECTOR, compact=misread)), TRUST)
    with refused(Code.SIGNATURE_INVALID):
        signed = sign_cose(figures, INSPECTOR.key, context=CREDENTIAL_CONTEXT)
        read_proof(packed(signed), TRUST)
    with refused(Code.PROOF_DAMAGED):
        read_proof(packed(INSPECTOR.compact), TRUST)
    with refused(Code.PROOF_DAMAGED):
        read_proof(write_proof(FIGURES, replace(INSPECTOR, compact=message())), TRUST)


def test_an_office_of_the_same_name_and_code_is_a_stranger() -> None:
    rogue = make_office()
    with refused(Code.SIGNER_UNKNOWN, name="练习员甲", organisation="440304"):
        read_proof(write_proof(FIGURES, make_inspector(rogue)), TRUST)
    assert read_proof(TEXT, trusting(rogue, OFFICE)).office == OFFICE.trusted


@pytest.mark.parametrize(
    "changed",
    [
        {"base": Decimal(93)},  # the sections give another sum
        {"unit": "测试\x1b[31m工厂"},
        {"unit": "测试\n工厂"},
        {"revision": 0},
        {"sections": ()},
        {"card_hash": "fe" * 15},
        {"unit": ""},
        {"unit": "测" * 61},
    ],
)
def test_what_the_program_never_signs_is_refused(changed: dict[str, object]) -> None:
    with refused(Code.PROOF_DAMAGED):
        read_proof(write_proof(replace(FIGURES, **changed), INSPECTOR), TRUST)  # type: ignore[arg-type]


@given(st.binary(max_size=120))
def test_no_payload_breaks_the_reader(payload: bytes) -> None:
    is_refused(packed(sign_cose(payload, INSPECTOR.key, context=CONTEXT)))
    is_refused(packed(payload))


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    is_refused(text)
    is_refused(PREFIX + text)
