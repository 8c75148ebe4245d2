"""Printed cards for tests: signed in every manner, with names and figures that strain the layout.

All people and units are made up.
"""

import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from hashlib import sha256
from math import cos, sin

from app.crypto.cms import sign_detached
from app.crypto.identity import SigningIdentity
from app.crypto.trust import TrustAnchors
from app.domain.card import (
    Card,
    CardHash,
    Person,
    Policy,
    Previous,
    Source,
    add_evidence,
    score,
    sign,
)
from app.domain.evidence import Evidence, Sha256
from app.domain.signature import (
    Absent,
    Ink,
    InkPoint,
    Manner,
    Paper,
    Pending,
    Refused,
    Signatory,
    Signature,
)
from app.domain.unit import UnitFacts
from app.domain.visit import Host, Opinion, Recusal, Transcript, Visit, VisitMode
from app.reports.card.scorecard import Scorecard, draw, lay_out
from app.reports.card.sealers import SealedBy
from app.reports.seal.seal import Record, Sealing, sealed_scorecard
from app.reports.typeset.fonts import Fonts, load_fonts
from tests.forms import RESOURCES, complete_card, national_form, open_card, synthetic_unit
from tests.pages import fields_of
from tests.pki import make_inspector, make_office, trusting

SIGNED_AT = datetime(2020, 11, 6, 7, 32, 5, tzinfo=UTC)  # 15:32 in Beijing
SEALED_AT = datetime(2021, 6, 1, 1, 30, tzinfo=UTC)  # while the certificates of tests.pki hold
RARE_NAME = "䶮㛃𬭎𫚖"  # outside GBK; the last two above U+FFFF
LONG_MINORITY_NAME = "迪丽拜尔·阿卜杜热合曼·吐尔逊·买买提明·艾合买提江"
HASH = CardHash("3f2a91bc04d7" + "0" * 52)
SCORES_HASH = "5c" * 32
PROOF = "AKP1:" + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:" * 13  # as long as a real one


def synthetic_ink(seed: int = 1) -> Ink:
    """Return six curls of a pen, pressed harder and softer."""
    strokes = tuple(
        tuple(
            InkPoint(
                x=2000 + 1800 * curl + round(1400 * cos(seed + step / 8)),
                y=3000 + round(1200 * sin(seed * curl + step / 6)),
                t=400 * curl + 8 * step,
                pressure=round(500 + 450 * sin(step / 9)),
            )
            for step in range(30)
        )
        for curl in range(6)
    )
    return Ink(width=20_000, height=8_000, strokes=strokes)


def synthetic_scan() -> Paper:
    return Paper(
        scan=Evidence(
            sha256=Sha256("0f1e2d3c4b5a" + "9" * 52),
            name="扫描件.jpg",
            media_type="image/jpeg",
            size=4,
        )
    )


def signed(card: Card, signatory: Signatory, name: str, manner: Manner) -> Card:
    """Return the card with a signature given over some header and score part."""
    signature = Signature(
        signatory=signatory,
        name=name,
        at=SIGNED_AT,
        manner=manner,
        header_hash="a" * 64,
        scores_hash=SCORES_HASH,
    )
    return sign(card, signature)


def signed_by_both(card: Card) -> Card:
    lead = signed(card, Signatory.LEAD, "测试甲", synthetic_ink())
    return signed(lead, Signatory.UNIT, "测试丙", synthetic_ink(2))


def printed(card: Card) -> Scorecard:
    return Scorecard(
        card=card,
        form=national_form(),
        hash=HASH,
        scores_hash=SCORES_HASH,
        guide="national-2020-2021 1",
    )


def as_sealed(card: Card, *, proof: str = PROOF) -> Scorecard:
    """Return a card as it is drawn when an inspector seals it."""
    by = SealedBy("测试甲（劳动保护检查员）", SEALED_AT)
    return replace(printed(card), seals=(by,), proof=proof)


def said_by(scorecard: Scorecard) -> dict[str, str]:
    """Return what a print says in the place of each field, without blanks."""
    layout = lay_out(scorecard, fonts())
    return fields_of(draw(layout, scorecard, fonts()), layout.fields)


def typical() -> Card:
    card = complete_card(points={"S1-R1-C1": "1", "S2-R3-C1": "2", "S4-R8-C1": "0"})
    photo = Evidence(sha256=Sha256("1" * 64), name="a.jpg", media_type="image/jpeg", size=5)
    with_photo = add_evidence(card, national_form().clause("S1-R1-C1"), photo)
    return signed(signed_by_both(with_photo), Signatory.MEMBER, "测试乙", synthetic_scan())


def every_manner() -> Card:
    card = signed(complete_card(), Signatory.LEAD, RARE_NAME, synthetic_ink())
    card = signed(card, Signatory.MEMBER, "阿依古丽·买买提", synthetic_scan())
    card = signed(card, Signatory.MEMBER, LONG_MINORITY_NAME, Pending())
    away = Absent(why="临时出差，未在现场", witness="测试丁")
    card = signed(card, Signatory.MEMBER, "Alexander Schmidt-Muller", away)
    unwilling = Refused(why="对安全培训记录的扣分有不同意见，要求复核后再签", witness="测试戊")
    return signed(card, Signatory.UNIT, "测试丙", unwilling)


def long_names() -> Card:
    unit = synthetic_unit(3, sub_unit="坪山项目部")
    name = (
        "深圳市测试第一建筑工程机械设备安装与维护（集团）股份有限公司"
        f"龙岗区坪山街道轨道交通工程第三项目经理部{RARE_NAME}𠅤𣲗"
    )
    return signed_by_both(complete_card(open_card(unit=replace(unit, name=name))))


def many_reasons() -> Card:
    form = national_form()
    card = complete_card(points={clause.id: "0" for clause in form.clauses})
    return score(
        signed_by_both(card),
        form.clause("S2-R1-C1"),
        points=Decimal(1),
        reason="现场抽查三个班组，" * 55,
        source=Source.DEPARTMENT,
    )


def rescaled() -> Card:
    unit = synthetic_unit(facts=UnitFacts(women=0, hazard_exposed=0))
    card = complete_card(
        open_card(unit=unit, policy=Policy.RESCALE, step="0.5"),
        points={"S1-R1-C1": "1.5", "S7-R1-C1": "10"},
        not_applicable=("S5-R5-C1", "S4-R5-C1"),
    )
    previous = Previous(
        hash=CardHash("abcdef012345" + "1" * 52),
        scores_hash="c" * 64,
        reason="复核后发现培训记录齐全，补记得分",
    )
    return signed_by_both(
        replace(card, revision=2, previous=previous, date_from=date(2020, 11, 5))
    )


def zero_policy() -> Card:
    unit = synthetic_unit(facts=UnitFacts(women=0))
    card = complete_card(open_card(unit=unit, policy=Policy.ZERO), not_applicable=("S5-R5-C1",))
    return signed_by_both(card)


def rehearsal() -> Card:
    return signed_by_both(complete_card(open_card(rehearsal=True)))


def unfinished() -> Card:
    return open_card()


def crowded() -> Card:
    """More members than the form's last page holds."""
    card = signed_by_both(complete_card())
    for number in range(20):
        card = signed(card, Signatory.MEMBER, f"测试成员{number}", synthetic_ink(number))
    return card


def visited() -> Card:
    """Return a card of the second type with all it may say."""
    visit = Visit(
        mode=VisitMode.REMOTE,
        received_by=(Host(name="阿依古丽·买买提", post="安全部经理"), Host(name=RARE_NAME)),
        photos_allowed=False,
        credentials_shown=True,
        recusal=Recusal(conflict="测试乙两年前曾任该单位顾问"),
        transcript=Transcript(typed_by="测试甲", checked_by="测试乙", scan=synthetic_scan().scan),
    )
    objection = Opinion(objects=True, text="培训记录存放在总部，" * 45)
    return signed_by_both(replace(typical(), visit=visit, opinion=objection))


def evidenced() -> Card:
    """Return a card with photos and papers, some of them behind several clauses."""
    card, form = signed_by_both(complete_card()), national_form()
    pictures = [synthetic_file(number) for number in range(9)]
    long_name = f"{'安全生产责任制及安全操作规程汇编' * 4}（盖章版）.pdf"
    papers = [synthetic_file(9, long_name), synthetic_file(10, "会议记录.mp3")]
    for place, files in {
        0: [pictures[0], papers[1]],
        1: pictures[1:8],
        4: [pictures[0], papers[0], papers[1]],
        len(form.clauses) - 1: [*pictures[:3], pictures[8]],
        **{place: [pictures[0]] for place in range(5, 20)},
    }.items():
        for file in files:
            card = add_evidence(card, form.clauses[place], file)
    return signed_by_both(card)


def synthetic_file(number: int, name: str = "") -> Evidence:
    """Return the made-up photo of a number, or another file by its name; there is no content."""
    kind = mimetypes.guess_type(name)[0] or "image/jpeg"
    digest = Sha256(sha256(str(number).encode()).hexdigest())
    named = name or f"IMG_{number:04}.jpg"
    return Evidence(sha256=digest, name=named, media_type=kind, size=345_678 * (number + 1))


def with_assessors(card: Card, count: int) -> Card:
    return replace(
        card, assessors=tuple(Person(name=f"测试{n}", post="检查员") for n in range(count))
    )


CARDS: Mapping[str, Callable[[], Card]] = {
    make.__name__: make
    for make in (
        typical,
        every_manner,
        long_names,
        many_reasons,
        rescaled,
        zero_policy,
        rehearsal,
        unfinished,
        crowded,
        visited,
        evidenced,
    )
}


@cache
def fonts() -> Fonts:
    """Return the shipped faces."""
    return load_fonts(RESOURCES / "fonts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealers:
    """An office, its inspector, and who trusts them."""

    inspector: SigningIdentity
    trust: TrustAnchors
    ca: bytes

    def record(self, document: bytes = b'{"type": "ankang.card/1"}') -> Record:
        return Record(document=document, cms=sign_detached(document, self.inspector))

    def sealed(self, card: Card, record: Record | None = None) -> bytes:
        return sealed_scorecard(
            printed(card),
            fonts(),
            record=record or self.record(),
            sealing=Sealing(identity=self.inspector, moment=SEALED_AT),
        )


@cache
def sealing() -> Sealers:
    """Return an office and an inspector made for this run."""
    office = make_office()
    return Sealers(
        inspector=make_inspector(office),
        trust=trusting(office),
        ca=office.authority.certificate,
    )
