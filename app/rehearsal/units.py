"""参赛单位 that do not exist, in four sizes, each made only when it is asked for.

Every firm's own word begins with 拟 ("made up"), which no firm is called by. Odd names and facts
recur in fixed places, so that even the smallest size has them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from app.domain.unit import Unit, UnitFacts, UnitKey
from app.rehearsal.chance import dice
from app.rehearsal.codes import made_up_code


class Size(IntEnum):
    """How many units: what a demonstration, a district, the city, a test of strength needs."""

    DEMO = 12
    DISTRICT = 400
    CITY = 6_000
    STRESS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trade:
    """A line of business: its share in 100, and what follows from it."""

    word: str
    share: int
    high_risk: bool = False
    hazards: bool = False
    kind: str = "91"
    endings: tuple[str, ...] = ("有限公司", "有限公司", "股份有限公司")


_HEALTH = _Trade(word="中心", share=1, hazards=True, kind="12", endings=("医院",))
# GB/T 4754 sections C 45, F 10, G 9, E 9, I 7, H 5, L 4, K 3, D 2, O 2, P 1, Q 1, N 2.
_TRADES = (
    _Trade(word="精密机械", share=10, hazards=True),
    _Trade(word="电子", share=13, hazards=True),
    _Trade(word="五金制品", share=9, hazards=True, endings=("有限公司", "厂")),
    _Trade(word="塑胶模具", share=7, hazards=True, endings=("有限公司", "厂")),
    _Trade(word="服饰", share=4),
    _Trade(word="精细化工", share=2, hazards=True, high_risk=True),
    _Trade(word="商贸", share=10),
    _Trade(word="物流", share=9, high_risk=True),
    _Trade(word="建筑工程", share=9, hazards=True, high_risk=True),
    _Trade(word="信息技术", share=7),
    _Trade(word="酒店管理", share=5),
    _Trade(word="商务服务", share=4),
    _Trade(word="物业管理", share=3),
    _Trade(word="电力设备", share=2, hazards=True, high_risk=True),
    _Trade(word="快修", share=2, hazards=True, kind="92", endings=("店",)),
    _Trade(word="实验", share=1, kind="52", endings=("学校",)),
    _HEALTH,
    _Trade(word="环境科技", share=2, hazards=True),
)
_WORDS = "岚霁澜砺棠嵘湛岑澍翊榆芷煜骁弈柏沐珩朔逸"
_CITY_AREA = "440300"  # most units of Shenzhen are registered with the city
_AREAS = (440303, 440304, 440305, 440306, 440307, 440308, 440309, 440310, 440311)
_AREA_SHARES = (7, 14, 14, 22, 20, 2, 12, 4, 6)
_WITH_THE_CITY = 0.7
_MEDIAN_LOG, _SPREAD_LOG, _MOST_WORKERS = 4.87, 1.3, 30_000  # e^4.87 = 130
_LINES = 24  # odd names recur after so many units
_NO_WOMEN_EVERY, _NO_WOMEN = 33, 3  # 3 %
_BRANCHES = {7: "龙华分公司", 19: "地铁十三号线项目部"}
_HOSPITAL = 2
_NAME = "深圳市拟{words}{trade}{ending}"
_ODD_NAMES = {  # what other programs stumble over
    1: "深圳市拟{words}{trade}（集团）{ending}",
    _HOSPITAL: "拟{words[0]}医院",
    4: "深圳市拟·{words}{trade}{ending}",
    9: (
        "深圳市拟{words}（粤港澳大湾区安全生产与职业健康综合技术服务示范基地"
        "暨员工培训中心）{trade}{ending}"
    ),
    10: "深圳市拟{words}3D & {trade}{ending}",
    14: "拟{words}(深圳){trade}{ending}",
}


def units(size: Size, *, seed: int) -> Iterator[Unit]:
    """Yield the units of a size; a smaller size is the beginning of a larger one."""
    return (unit_at(place, seed=seed) for place in range(size))


def unit_at(place: int, *, seed: int) -> Unit:
    """Return one unit by its place, from 0 to below `Size.STRESS`."""
    line = place % _LINES
    if line in _BRANCHES:
        parent = unit_at(place - 1, seed=seed)
        key = UnitKey(code=parent.key.code, sub_unit=_BRANCHES[line])
        return Unit(key=key, name=parent.name, facts=_facts(place, _trade(place - 1, seed), seed))
    trade = _trade(place, seed)
    return Unit(
        key=UnitKey(code=_code(place, trade, seed)),
        name=_name(place, trade, seed),
        facts=_facts(place, trade, seed),
    )


def _trade(place: int, seed: int) -> _Trade:
    if place % _LINES == _HOSPITAL:
        return _HEALTH
    return dice(seed, "trade", place).choices(_TRADES, [trade.share for trade in _TRADES])[0]


def _name(place: int, trade: _Trade, seed: int) -> str:
    drawn = dice(seed, "name", place)
    words = "".join(drawn.sample(_WORDS, drawn.choice((1, 2, 2))))
    shape = _ODD_NAMES.get(place % _LINES, _NAME)
    return shape.format(words=words, trade=trade.word, ending=drawn.choice(trade.endings))


def _code(place: int, trade: _Trade, seed: int) -> str:
    drawn = dice(seed, "code", place)
    area = str(drawn.choices(_AREAS, _AREA_SHARES)[0])
    if drawn.random() < _WITH_THE_CITY:
        area = _CITY_AREA
    return made_up_code(place, kind=trade.kind, area=area)


def _facts(place: int, trade: _Trade, seed: int) -> UnitFacts:
    drawn = dice(seed, "facts", place)
    workers = min(max(round(drawn.lognormvariate(_MEDIAN_LOG, _SPREAD_LOG)), 1), _MOST_WORKERS)
    facts = UnitFacts(
        workers=workers,
        women=_some(workers, drawn.betavariate(2, 2.5)),
        migrant=round(workers * drawn.betavariate(2, 2)),
        hazard_exposed=_some(workers, drawn.betavariate(1.5, 6)) if trade.hazards else 0,
        high_risk=trade.high_risk,
    )
    return replace(facts, women=0) if place % _NO_WOMEN_EVERY == _NO_WOMEN else facts


def _some(workers: int, share: float) -> int:
    """Return a part of the workers that is at least one."""
    return max(1, round(workers * share))
