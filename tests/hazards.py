"""Hazards for the tests: all of it is made up."""

from datetime import UTC, date, datetime
from io import BytesIO

from PIL import Image

from app.domain.evidence import Evidence, Sha256
from app.domain.hazard import Act, Doer, Field, Hazard, HazardId, HazardState, Step
from app.domain.rectification import take_step, with_field
from app.domain.unit import UnitKey
from tests.forms import SYNTHETIC_CODES

BY = Doer(who="测试甲", at=datetime(2020, 11, 6, 2, tzinfo=UTC))
TODAY = date(2020, 11, 6)
PHOTO = Evidence(sha256=Sha256("a" * 64), name="现场.jpg", media_type="image/jpeg", size=3)
_WAYS: dict[HazardState, tuple[Act, ...]] = {
    HazardState.OPEN: (),
    HazardState.RECTIFYING: (Act.BEGIN,),
    HazardState.RECHECK: (Act.BEGIN, Act.SUBMIT),
    HazardState.CLOSED: (Act.BEGIN, Act.SUBMIT, Act.PASS),
    HazardState.WITHDRAWN: (Act.WITHDRAW,),
}


def synthetic_hazard(number: int = 1, *, unit: int = 0, by: Doer = BY) -> Hazard:
    """Return a hazard as just raised, with nothing but its text."""
    return Hazard(
        id=HazardId(f"0175a4f4-0000-7000-8000-{number:012x}"),
        unit=UnitKey(code=SYNTHETIC_CODES[unit]),
        text="测试：冲压机无防护罩",
        steps=(Step(act=Act.RAISE, by=by),),
    )


def typed(hazard: Hazard, **fields: str) -> Hazard:
    """Return a hazard with fields as typed (`deadline="2020-11-20"`)."""
    for name, text in fields.items():
        hazard = with_field(hazard, Field(name), text, by=BY)
    return hazard


def brought_to(state: HazardState, hazard: Hazard | None = None) -> Hazard:
    """Return a hazard that went the usual way to a state."""
    one = hazard or synthetic_hazard()
    for act in _WAYS[state]:
        one = take_step(one, act, remark="测试：已现场查看", by=BY)
    return one


def synthetic_jpeg(colour: str = "red") -> bytes:
    """Return a photo of nothing but a colour."""
    written = BytesIO()
    Image.new("RGB", (64, 48), colour).save(written, "JPEG")
    return written.getvalue()
