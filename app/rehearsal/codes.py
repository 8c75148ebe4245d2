"""统一社会信用代码 of units that do not exist: both checks hold, the serial has no known owner."""

from app.domain.credit_code import ALPHABET, body_check_character, check_character

_BASE = len(ALPHABET)
MOST = _BASE**3  # serials of three characters
_BODIES = {"91": "MA", "92": "MA", "12": "MB", "52": "MJ"}


def made_up_code(number: int, *, kind: str, area: str) -> str:
    """Return the code of serial `number` (0 to 29,790).

    `kind` is 登记管理部门 and 机构类别 (91 企业, 92 个体工商户, 12 事业单位, 52 民办非企业单位);
    `area` the six digits of 登记机关行政区划.
    """
    high, rest = divmod(number, _BASE**2)
    serial = ALPHABET[high] + ALPHABET[rest // _BASE] + ALPHABET[rest % _BASE]
    body = f"{_BODIES[kind]}00T{serial}"
    first_17 = kind + area + body + body_check_character(body)
    return first_17 + check_character(first_17)
