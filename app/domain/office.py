"""竞赛办: an office of one of four levels, and the rules it sets for all its cards."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from app.domain.card import OfficeName, Policy
from app.domain.names import clean_name
from app.domain.points import STEPS, parse_points, points_text
from app.errors import AppError, Code

_CODE = re.compile(r"[0-9]{6}(-[A-Z0-9]{1,8}){0,2}")


class Level(StrEnum):
    """The four levels a package climbs."""

    DISTRICT = "district"
    CITY = "city"
    PROVINCE = "province"
    NATION = "nation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an office sets for its cards: the step of points and what 不涉及 counts."""

    step: Decimal = Decimal(1)
    policy: Policy = Policy.FULL

    def changed(self, setting: str, value: str) -> "Rules":
        """Return the rules with a setting as typed; AppError SETTING_UNKNOWN, SETTING_VALUE."""
        if setting == "step":
            step = parse_points(value)
            if step not in STEPS:
                raise AppError(
                    Code.SETTING_VALUE,
                    setting=setting,
                    value=value,
                    allowed=" ".join(map(points_text, STEPS)),
                )
            return replace(self, step=step)
        if setting == "na":
            if value not in Policy.__members__.values():
                raise AppError(
                    Code.SETTING_VALUE, setting=setting, value=value, allowed=" ".join(Policy)
                )
            return replace(self, policy=Policy(value))
        raise AppError(Code.SETTING_UNKNOWN, setting=setting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office: its name, level and rules."""

    name: OfficeName
    level: Level
    rules: Rules = Rules()


def new_office(*, name: str, code: str, level: str) -> Office:
    """Return an office from what a person typed.

    `code` is a GB/T 2260 code, with a suffix of our own for areas and unions that have none
    (440307-DP, 440300-CY-01).

    Raises:
        AppError: NAME_EMPTY, NAME_TOO_LONG, OFFICE_CODE_FORMAT, OFFICE_LEVEL_UNKNOWN.

    """
    typed = code.strip().upper()
    if not _CODE.fullmatch(typed):
        raise AppError(Code.OFFICE_CODE_FORMAT, code=typed)
    if level not in Level.__members__.values():
        raise AppError(Code.OFFICE_LEVEL_UNKNOWN, level=level, allowed=" ".join(Level))
    return Office(name=OfficeName(code=typed, name=clean_name(name)), level=Level(level))
