"""The fixed Chinese words of the annex; as in `wording`, a change is a new layout."""

from app.domain.card import Card, Correction, NotApplicable, Policy, Scored, Source
from app.domain.form import Clause, Form
from app.domain.points import points_text
from app.domain.scoring import Assessed, Totals, awarded
from app.domain.signature import Absent, Ink, Paper, Refused
from app.domain.unit import Fact, Unit
from app.domain.visit import Opinion, Recusal, Transcript, Visit, VisitMode
from app.reports.card import wording

TITLE = "附页　考核要点得分明细"
COLUMNS = ("编号", "考核要点", "分值", "得分", "情况", "来源", "材料")
ABSENT_TITLE = "不涉及的考核要点"
ABSENT_COLUMNS = ("编号", "考核要点", "分值", "得分", "所依据的单位情况", "来源")
NOTE = "说明：表中得分按考核要点列出，同一考核内容各要点得分之和即评分表得分栏所列分数。"
READER_TITLE = "阅读软件提示“签名者身份未知”时怎样核对"
READER_NOTES = (
    "电子签封使用竞赛办自行签发的凭证，阅读软件内置的名单中没有它，因此会有此提示；这不表示文件被改动过。",
    "核对是否被改动：在本软件“核验”页打开本文件或印有核验码一页的照片，也可使用 verify 命令。",
    "确认出自哪个竞赛办：核对结果列出竞赛办证书的指纹，请用电话等另外的途径与竞赛办逐组比对。",
    "不使用本软件时：把竞赛办证书加入阅读软件信任的证书后再打开本文件，提示一般会消失。",
)

_SOURCES = {
    Source.ON_SITE: "现场核实",
    Source.PLEDGED: "单位承诺",
    Source.DEPARTMENT: "部门核实待核",
}
_FACTS = {
    Fact.WORKERS: "职工",
    Fact.WOMEN: "女职工",
    Fact.MIGRANT: "农民工",
    Fact.HAZARD_EXPOSED: "接触职业病危害职工",
    Fact.HIGH_RISK: "高危行业",
}
_UNKNOWN = "未填报"
# What most annexes print besides the form and `wording`; a character missing costs time only.
CHARACTERS = (
    "被考核单位统一社会信用代码情况竞赛年度办计分规则每步评细本表校验值版式省份市区有限公司"
    "扣分理由说明已未"
    + "".join((NOTE, *READER_NOTES, *_SOURCES.values(), *_FACTS.values(), _UNKNOWN))
)
TITLES = "".join((TITLE, *COLUMNS, ABSENT_TITLE, *ABSENT_COLUMNS, READER_TITLE))


def status(card: Card, clause: Clause, *, bonus: bool) -> str:
    """Return how a clause stands."""
    match card.marks.get(clause.id):
        case Scored():
            return "已评"
        case NotApplicable():
            return "不涉及计满分" if card.terms.policy is Policy.FULL else "不涉及"
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
    """Return the line of reasons under a clause, '' where there is nothing to say.

    The reason for 不涉及 stands in a table of its own.
    """
    match card.marks.get(clause.id):
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


def transcript(typed: Transcript) -> str:
    """Return who typed the card from paper, who compared it, and which paper it was."""
    checked = f"{typed.checked_by}核对" if typed.checked_by else "尚未核对"
    code = f"；纸质原件扫描件校验码 {wording.check_code(typed.scan.sha256)}" if typed.scan else ""
    return f"{typed.typed_by}录入，{checked}{code}"


def opinion(given: Opinion) -> str:
    """Return the unit's word on the scores."""
    word = "有异议" if given.objects else "无异议"
    return f"{word}：{given.text}" if given.text else word


def guide(name: str) -> str:
    """Return the line that names the 评分细则."""
    return f"所用评分细则：{name}"


def absent_fact(unit: Unit, clause: Clause) -> str:
    """Return the fact a 不涉及 rests on with its figure, '' where the form names none."""
    if clause.absent_fact is None:
        return ""
    return f"{_FACTS[clause.absent_fact]} {_count(getattr(unit.facts, clause.absent_fact))}"


def absent_reason(why: str) -> str:
    """Return the line of the reason for a 不涉及."""
    return f"不涉及理由：{why}"


def raw(card: Card, before: Assessed, sums: Totals) -> str:
    """Return what was scored before 不涉及 counted, and what the office's policy makes of it."""
    given, applicable = points_text(before.given), points_text(before.applicable)
    made = (
        f"折算得分{points_text(sums.converted)}分"
        if card.terms.policy is Policy.RESCALE
        else f"得分（百分制）{points_text(sums.base)}分"
    )
    return f"折算前实评{given}分，适用分值{applicable}分；{wording.policy(card)}，{made}。"


def awaiting(card: Card, form: Form) -> str:
    """Return the clauses whose points a department has yet to confirm, '' when there is none."""
    numbers = [
        form.number(clause.id)
        for clause in form.clauses
        if (mark := card.marks.get(clause.id)) and mark.source is Source.DEPARTMENT
    ]
    return f"{'、'.join(numbers)}（共{len(numbers)}项）" if numbers else ""


def revised(card: Card, kind: Correction | None) -> str:
    """Return what a revision replaces, what it changed and why."""
    if card.previous is None:
        return ""
    return (
        f"{wording.revision(card, kind)}，{wording.replaces(card)}；原因：{card.previous.reason}"
    )


def standing(card: Card) -> str:
    """Return whose signature stands from the revision before, and who signed anew."""
    given = [held for held in card.signatures if isinstance(held.manner, Ink | Paper)]
    carried = [held for held in given if wording.is_carried(card, held)]
    anew = [held for held in given if held not in carried]
    parts = (
        ("沿用前版签字", "、".join(held.name for held in carried)),
        ("本版重新签字", "、".join(held.name for held in anew)),
    )
    return "；".join(f"{label}：{names}" for label, names in parts if names)


def unsigned(card: Card) -> str:
    """Return who refused to sign or was absent, with the witness, '' where nobody was."""
    return "；".join(
        f"{wording.signatory(held.signatory)} {held.name} {wording.manner(held.manner)}"
        for held in card.signatures
        if isinstance(held.manner, Refused | Absent)
    )


def _count(number: int | None) -> str:
    return _UNKNOWN if number is None else f"{number}人"


def _recusal(recusal: Recusal | None) -> str:
    if recusal is None:
        return "未登记回避情况"
    if recusal.conflict:
        return f"回避事项：{recusal.conflict}"
    return "考核人员声明无需回避"
