"""The fixed Chinese words of the printed card. An official document is Chinese only.

They stand here and not in the catalogue because verification compares the printed page with them:
changing one is a new layout version.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone

from app.domain.card import (
    Card,
    Correction,
    NotApplicable,
    Person,
    Policy,
    Scored,
    Source,
    team,
)
from app.domain.evidence import Evidence
from app.domain.form import Clause
from app.domain.points import points_text
from app.domain.scoring import awarded
from app.domain.signature import Absent, Ink, Manner, Paper, Pending, Refused, Signatory, Signature
from app.domain.unit import Unit
from app.domain.visit import Host, Opinion, Recusal, Transcript, Visit, VisitMode

LAYOUT = "ankang-layout/1"
OBJECTION_DAYS = 5  # working days for a written objection
REHEARSAL = "练习样表 无效"
CONTINUED = "（续）"

SIGNATURE_COLUMNS = ("签字人", "姓名", "签字", "签字时间")
UNIT_SEAL = "被考核单位（盖章）"
OFFICE_SEAL = "竞赛办（盖章）"
ELECTRONIC_SEAL = "电子签封"
SEAL_MEANING = "本文件由上述考核人员的电子凭证签封，签封后的任何改动均可查出。"
ANNEX_TITLE = "附页　考核要点得分明细"
ANNEX_COLUMNS = ("序号", "考核要点", "分值", "得分", "情况", "来源", "材料")
ANNEX_NOTES = (
    "说明：表中得分按考核要点列出，同一考核内容各要点得分之和即评分表得分栏所列分数。",
    "电子签封由竞赛办签发的凭证作出，用于核对本文件是否被改动，不主张其为可靠电子签名。",
    "阅读软件因未收录竞赛办证书而提示签名者身份未知的，以本软件校验结果为准。",
)

TITLES = "".join((REHEARSAL, CONTINUED, *SIGNATURE_COLUMNS, ANNEX_TITLE, *ANNEX_COLUMNS))
_BEIJING = timezone(timedelta(hours=8))
_SIGNATORIES = {
    Signatory.LEAD: "考核组组长",
    Signatory.MEMBER: "考核组成员",
    Signatory.UNIT: "被考核单位负责人（或授权人）",
}
_SOURCES = {
    Source.ON_SITE: "现场核实",
    Source.PLEDGED: "单位承诺",
    Source.DEPARTMENT: "部门核实待核",
}
_POLICIES = {
    Policy.FULL: "不涉及的要点按满分计",
    Policy.RESCALE: "不涉及的要点不计，其余得分折算为百分制",
    Policy.ZERO: "不涉及的要点不计分",
}
_CORRECTIONS = {Correction.TEXT: "文字更正", Correction.SCORES: "分值调整"}
_UNKNOWN = "未填报"
_CARRIED = "（沿用前版签字）"
_NO_BREAK = "\N{NO-BREAK SPACE}"
# What most cards print besides the form; a character missing here costs time, nothing else.
CHARACTERS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "：（）、，。；“”《》　—年月日至第版页共总得分校验码代替原因竞赛办考核组其中百分制额外折算"
    + "".join(
        (
            CONTINUED,
            UNIT_SEAL,
            OFFICE_SEAL,
            ELECTRONIC_SEAL,
            SEAL_MEANING,
            *ANNEX_NOTES,
            *_SIGNATORIES.values(),
            *_SOURCES.values(),
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


def said(card: Card, signature: Signature) -> tuple[str, str, str]:
    """Return what a signature says in words: name, manner, time.

    The unit's signature that a 文字更正 carried over stands over another header than those of the
    assessors, who signed anew: it is marked.
    """
    anew = {each.header_hash for each in card.signatures if each.signatory is not Signatory.UNIT}
    is_carried = signature.signatory is Signatory.UNIT and signature.header_hash not in anew
    carried = _CARRIED if card.previous is not None and is_carried else ""
    return (
        signature.name,
        _manner(signature.manner),
        local_time(signature.at) + carried,
    )


def _manner(manner: Manner) -> str:
    match manner:
        case Ink():
            return ""
        case Paper():
            code = check_code(manner.scan.sha256)
            return f"见所附签字盖章扫描件（扫描件校验码 {code}）"
        case Refused():
            return f"拒签：{manner.why}；见证人 {manner.witness}"
        case Absent():
            return f"缺席：{manner.why}；见证人 {manner.witness}"
        case Pending():
            return f"待补签（约定{full_date(manner.by)}前）" if manner.by else "待补签"


def assessors(card: Card) -> str:
    """Return the names and posts of the assessors."""
    return _people(team(card))


def revision(card: Card, kind: Correction | None) -> str:
    """Return which revision this is and what it changed."""
    return f"第{card.revision}版" + (f"（{_CORRECTIONS[kind]}）" if kind else "")


def replaces(card: Card) -> str:
    """Return which revision the card replaces and why, '' for a first one."""
    if card.previous is None:
        return ""
    code = check_code(card.previous.hash)
    return f"代替第{card.revision - 1}版（校验码 {code}），原因：{card.previous.reason}"


def statement(office: str) -> str:
    """Return what signing means (field.md: it never waives an objection)."""
    return (
        "签字表示已知悉本次考核情况，不影响提出异议的权利；有异议可于"
        f"{OBJECTION_DAYS}个工作日内向{office}书面提出。双方同意以电子方式形成和保存本表。"
        "所列时间均为北京时间（UTC+8）。"
    )


def page_number(number: int, count: int) -> str:
    """Return the foot of a page; `number` counts from 1."""
    return f"第{number}页 共{count}页"


def status(card: Card, clause: Clause, *, bonus: bool) -> str:
    """Return how a clause stands."""
    match card.marks.get(clause.id):
        case Scored():
            return "已评"
        case NotApplicable():
            return "不涉及，按满分计" if card.terms.policy is Policy.FULL else "不涉及"
        case None:
            return "未申报" if bonus else "未评"


def clause_points(card: Card, clause: Clause) -> str:
    """Return what a clause got: '/' where 不涉及 counts nothing, '' without a mark."""
    mark = card.marks.get(clause.id)
    points = awarded(clause, mark, card.terms.policy)
    if points is not None:
        return points_text(points)
    return "/" if mark else ""


def source(card: Card, clause: Clause) -> str:
    """Return where the points of a clause come from."""
    mark = card.marks.get(clause.id)
    return _SOURCES[mark.source] if mark else ""


def reason(card: Card, clause: Clause) -> str:
    """Return the line of reasons under a clause, '' where there is nothing to say."""
    match card.marks.get(clause.id):
        case NotApplicable(reason=why):
            return f"不涉及理由：{why}"
        case Scored(reason=why, points=points) if why:
            return f"{'扣分理由' if points < clause.points else '说明'}：{why}"
        case _:
            return ""


def facts(unit: Unit) -> str:
    """Return the unit's facts as declared."""
    declared = unit.facts
    risk = _UNKNOWN if declared.high_risk is None else ("是" if declared.high_risk else "否")
    return (
        f"职工人数 {_count(declared.workers)}　女职工 {_count(declared.women)}　"
        f"农民工 {_count(declared.migrant)}　"
        f"接触职业病危害 {_count(declared.hazard_exposed)}　高危行业 {risk}"
    )


def procedure(visit: Visit) -> str:
    """Return how the visit was held."""
    return "；".join(
        (
            *(["远程考核（未到现场）"] if visit.mode is VisitMode.REMOTE else []),
            "已出示证件" if visit.credentials_shown else "未登记出示证件",
            _recusal(visit.recusal),
            *([] if visit.photos_allowed else ["单位不允许拍照"]),
        )
    )


def hosts(visit: Visit) -> str:
    """Return the names and posts of who received the team."""
    return _people(visit.received_by)


def transcript(typed: Transcript) -> str:
    """Return who typed the card from paper, who compared it, and which paper it was."""
    checked = f"{typed.checked_by}核对" if typed.checked_by else "尚未核对"
    code = f"；纸质原件扫描件校验码 {check_code(typed.scan.sha256)}" if typed.scan else ""
    return f"{typed.typed_by}录入，{checked}{code}"


def opinion(given: Opinion) -> str:
    """Return the unit's word on the scores."""
    word = "有异议" if given.objects else "无异议"
    return f"{word}：{given.text}" if given.text else word


def guide(name: str) -> str:
    """Return the line that names the 评分细则."""
    return f"所用评分细则：{name}"


def pieces(evidence: Sequence[Evidence]) -> str:
    """Return how many files stand behind a clause."""
    return f"{len(evidence)}份" if evidence else "—"


def policy(card: Card) -> str:
    """Return what 不涉及 counts on this card."""
    return _POLICIES[card.terms.policy]


def _count(number: int | None) -> str:
    return _UNKNOWN if number is None else f"{number}人"


def _people(people: Sequence[Person | Host]) -> str:
    return "、".join(f"{each.name}（{each.post}）" if each.post else each.name for each in people)


def _recusal(recusal: Recusal | None) -> str:
    if recusal is None:
        return "未登记回避情况"
    if recusal.conflict:
        return f"回避事项：{recusal.conflict}"
    return "考核人员声明无需回避"
