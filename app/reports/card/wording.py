"""The fixed Chinese words of the printed card. An official document is Chinese only.

They stand here and not in the catalogue because verification compares the printed page with them:
changing one is a new layout version.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone

from app.domain.card import Card, Correction, Person, Policy, team
from app.domain.evidence import Evidence
from app.domain.signature import Absent, Ink, Manner, Paper, Pending, Refused, Signatory, Signature
from app.domain.unit import Unit
from app.domain.visit import Host

LAYOUT = "ankang-layout/2"
OBJECTION_DAYS = 5  # working days for a written objection
REHEARSAL = "练习样表 无效"
CONTINUED = "（续）"

SIGNATURE_COLUMNS = ("签字人", "姓名", "职务", "签字", "签字时间")
DAY_BY_HAND = "　　年　　月　　日"
UNIT_SEAL = "被考核单位（盖章）"
OFFICE_SEAL = "竞赛办（盖章）"
FIRST_SEAL = "考核人员电子签封"
SECOND_SEAL = "第二考核人员电子签封"
SEALER_ROLE = "考核人员"
SEAL_MEANING = (
    "电子签封由竞赛办签发的考核人员凭证作出，用于核对本文件出自何人、是否被改动，"
    "不主张其为可靠电子签名。"
)
PROOF_TITLE = "纸面核验码"
PROOF_MEANING = "载有本表的分数和考核人员的数字签名，只有纸质件时也能核对是否被改动。"
PROOF_CHECKING = "核对方法：在本软件“核验”页打开本页的照片或扫描件，或使用 verify 命令。"
PROOF_LATER = "签封后在此处印制核验码"
PROOF_NONE = "此件未印核验码"
TITLES = "".join((REHEARSAL, CONTINUED, *SIGNATURE_COLUMNS, PROOF_TITLE))
_BEIJING = timezone(timedelta(hours=8))
_SIGNATORIES = {
    Signatory.LEAD: "考核组组长",
    Signatory.MEMBER: "考核组成员",
    Signatory.UNIT: "被考核单位负责人（或授权人）",
}
_POLICIES = {
    Policy.FULL: "不涉及的要点按满分计",
    Policy.RESCALE: "不涉及的要点不计，其余得分折算为百分制",
    Policy.ZERO: "不涉及的要点不计分",
}
_CORRECTIONS = {Correction.TEXT: "文字更正", Correction.SCORES: "分值调整"}
_CARRIED = "（沿用前版签字）"
_STATEMENT = (
    "签字表示已知悉本次考核情况，不影响提出异议的权利；有异议可于{days}个工作日内向{office}书面提出。"
    "双方同意以电子方式形成、签署和保存本表。所列时间均为北京时间（UTC+8）。"
)
_NO_BREAK = "\N{NO-BREAK SPACE}"
# What most cards print besides the form; a character missing here costs time, nothing else.
CHARACTERS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "：（）、，。；“”《》　—年月日至第版页共总得分校验码代替原因竞赛办考核组其中百分制额外折算"
    + "".join(
        (
            CONTINUED,
            OFFICE_SEAL,
            SECOND_SEAL,
            SEAL_MEANING,
            UNIT_SEAL,
            _STATEMENT,
            _NO_BREAK,
            PROOF_MEANING,
            PROOF_CHECKING,
            *_SIGNATORIES.values(),
            *_POLICIES.values(),
        )
    )
)


def check_code(sha256: str) -> str:
    """Return the first 12 digits of a hash in groups of four, as printed and typed."""
    code = sha256[:12].upper()
    return _NO_BREAK.join(code[start : start + 4] for start in range(0, 12, 4))


def local_time(moment: datetime) -> str:
    """Return a moment in Beijing time; the zone is said once a card, in `statement`."""
    return moment.astimezone(UTC).astimezone(_BEIJING).strftime("%Y-%m-%d %H:%M")


def full_date(day: date) -> str:
    """Return a date as the form prints it."""
    return f"{day.year}年{day.month}月{day.day}日"


def period(card: Card) -> str:
    """Return the days of the assessment."""
    if card.date_from == card.date_to:
        return full_date(card.date_to)
    return f"{full_date(card.date_from)}至{full_date(card.date_to)}"


def unit_title(unit: Unit) -> str:
    """Return the unit's name; branches that share it are told apart by their label."""
    label = unit.key.sub_unit
    return f"{unit.name}（{label}）" if label and label not in unit.name else unit.name


def signatory(which: Signatory) -> str:
    """Return for whom a signature stands."""
    return _SIGNATORIES[which]


def post(card: Card, which: Signatory, name: str) -> str:
    """Return the post of an assessor or a host, '' where it is not known."""
    hosts_of_unit = card.visit.received_by if card.visit else ()
    people: Sequence[Person | Host] = hosts_of_unit if which is Signatory.UNIT else card.assessors
    return next((each.post for each in people if each.name == name), "")


def is_carried(card: Card, signature: Signature) -> bool:
    """Tell whether a signature was given for the revision before.

    The unit's signature that a 文字更正 carried over stands over another header than those of the
    assessors, who signed anew.
    """
    anew = {each.header_hash for each in card.signatures if each.signatory is not Signatory.UNIT}
    is_units = signature.signatory is Signatory.UNIT
    return card.previous is not None and is_units and signature.header_hash not in anew


def said(card: Card, signature: Signature) -> tuple[str, str]:
    """Return what a signature says in words: manner, time."""
    carried = _CARRIED if is_carried(card, signature) else ""
    return manner(signature.manner), local_time(signature.at) + carried


def manner(given: Manner) -> str:
    """Return how a signature was given, '' for ink, which is drawn."""
    match given:
        case Ink():
            return ""
        case Paper():
            code = check_code(given.scan.sha256)
            return f"见所附签字盖章扫描件（校验码 {code}）"
        case Refused():
            return f"拒签：{given.why}；见证人 {given.witness}"
        case Absent():
            return f"缺席：{given.why}；见证人 {given.witness}"
        case Pending():
            return f"待补签（约定{full_date(given.by)}前）" if given.by else "待补签"


def assessors(card: Card) -> str:
    """Return the names and posts of the assessors."""
    return people(team(card))


def revision(card: Card, kind: Correction | None) -> str:
    """Return which revision this is and what it changed."""
    return f"第{card.revision}版" + (f"（{_CORRECTIONS[kind]}）" if kind else "")


def replaces(card: Card) -> str:
    """Return which revision the card replaces, '' for a first one."""
    if card.previous is None:
        return ""
    return f"代替第{card.revision - 1}版（校验码 {check_code(card.previous.hash)}）"


def statement(office: str) -> str:
    """Return what signing means (field.md: it never waives an objection)."""
    return _STATEMENT.format(days=OBJECTION_DAYS, office=office)


def page_number(number: int, count: int) -> str:
    """Return the foot of a page; `number` counts from 1."""
    return f"第{number}页 共{count}页"


def pieces(evidence: Sequence[Evidence]) -> str:
    """Return how many files stand behind a clause."""
    return f"{len(evidence)}份" if evidence else "—"


def policy(card: Card) -> str:
    """Return what 不涉及 counts on this card."""
    return _POLICIES[card.terms.policy]


def people(named: Sequence[Person | Host]) -> str:
    """Return names, each with the post where it is known."""
    return "、".join(f"{each.name}（{each.post}）" if each.post else each.name for each in named)
