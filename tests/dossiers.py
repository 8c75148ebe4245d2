"""What the papers beside a card are drawn of: hazards, a history, a file; all made up."""

from dataclasses import replace
from datetime import UTC, datetime

from app.domain.card import Card, CardHash, Correction, Previous
from app.domain.form import ClauseId
from app.domain.hazard import Hazard, HazardState
from app.domain.revision import changes
from app.domain.signature import Signatory
from app.domain.supplement import (
    Addition,
    LateEvidence,
    LateSignature,
    SealedSupplement,
    Supplement,
    SupplementHash,
)
from app.reports.sheets.archive_index import Item, Part
from app.reports.sheets.history_sheet import Added, History, Revised, Sealing
from app.reports.sheets.rectification_sheet import Advice
from tests.forms import national_form
from tests.hazards import brought_to, synthetic_hazard, typed
from tests.scorecards import HASH, synthetic_file
from tests.shots import TAKEN_AT, shot

SEALED_AT = datetime(2020, 11, 6, 9, 30, tzinfo=UTC)
TELEPHONE = "0755-12345678"


def ordinary(card: Card) -> Hazard:
    """Return a hazard of the card with all there is to say, two photos among it."""
    hazard = typed(
        replace(synthetic_hazard(1), card_id=card.id, clause=ClauseId("S5-R2-C1")),
        place="二车间冲压区",
        measure="补装固定式防护罩，装好前停用",
        person="测试丁",
        post="设备科科长",
        telephone=TELEPHONE,
        deadline="2020-11-20",
    )
    return replace(hazard, before=(synthetic_file(1), synthetic_file(2)))


def suspected(card: Card) -> Hazard:
    """Return a suspected major hazard of which one report was made."""
    return typed(
        replace(synthetic_hazard(2), card_id=card.id),
        text="测试：仓库与宿舍同处一栋楼",
        grade="suspected_major",
        department_to="测试区应急管理局",
        department_on="2020-11-05",
        department_how="书面",
    )


def advice(card: Card) -> Advice:
    shots = {synthetic_file(number).sha256: shot(number, taken=TAKEN_AT) for number in (1, 2)}
    hazards = (ordinary(card), suspected(card))
    return Advice(card=card, form=national_form(), hazards=hazards, shots=shots)


def hazards(card: Card) -> tuple[Hazard, ...]:
    closed = brought_to(
        HazardState.CLOSED, replace(synthetic_hazard(3), after=(synthetic_file(3),))
    )
    return (ordinary(card), suspected(card), closed)


def history(card: Card) -> History:
    """Return three revisions, the last not sealed, and two supplements to the first."""
    form = national_form()
    first = Revised(
        card=card,
        correction=None,
        changes=(),
        header_hash="a" * 64,
        sealing=Sealing(hash=HASH, at=SEALED_AT, by=("测试甲（检查员）", "测试乙（检查员）")),
    )
    renamed = revised(card, name=f"{card.unit.name}（新名）")
    second = replace(
        first,
        card=renamed,
        correction=Correction.TEXT,
        changes=changes(card, renamed, form),
        header_hash="b" * 64,
        sealing=Sealing(hash=CardHash("c" * 64), at=SEALED_AT, by=("测试甲（检查员）",)),
    )
    last = replace(second, card=replace(renamed, revision=3), changes=(), sealing=None)
    return History(
        form=form,
        revisions=(first, second, last),
        supplements=tuple(_added(card, each) for each in additions(card)),
    )


def revised(card: Card, *, name: str) -> Card:
    """Return the next revision: another name, which the lead signed anew and the unit did not."""
    signatures = tuple(
        each if each.signatory is Signatory.UNIT else replace(each, header_hash="b" * 64)
        for each in card.signatures
    )
    return replace(
        card,
        revision=card.revision + 1,
        unit=replace(card.unit, name=name),
        previous=Previous(hash=HASH, scores_hash="d" * 64, reason="测试：名称写错"),
        signatures=signatures,
    )


def additions(card: Card) -> tuple[Addition, ...]:
    """Return a late file, and a late signature where the card has one of the unit."""
    clause = national_form().clauses[0].id
    late = LateEvidence(clause=clause, files=(synthetic_file(9),))
    unit = (each for each in card.signatures if each.signatory is Signatory.UNIT)
    return (*(LateSignature(signature=each) for each in unit), late)


def _added(card: Card, addition: Addition) -> Added:
    supplement = Supplement(
        card=card.id, revision=1, card_hash=HASH, at=SEALED_AT, addition=addition
    )
    sealed = SealedSupplement(
        hash=SupplementHash("e" * 64), supplement=supplement, document=b"", cms=b"", signer=""
    )
    return Added(sealed=sealed, by="测试甲（检查员）")


def parts() -> tuple[Part, ...]:
    """Return a file with more codes at one clause than a row takes, and a part without items."""
    codes = tuple(f"{number:04X} 0000 0000" for number in range(45))
    return (
        Part(
            title="电子签封的评分表",
            items=(Item(name="考核评分表", amount="5 页", proofs=("0000 0000 0000",)),),
        ),
        Part(title="扫描件", items=()),
        Part(title="照片", items=(Item(name="考核要点 1.1.1", amount="45 件", proofs=codes),)),
    )
