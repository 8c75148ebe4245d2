"""The head of a package: what its bag-info.txt says of sender, recipient, place in the row, sums.

age does not name the sender and CMS does not name the recipient: both stand here, signed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.domain.points import parse_points, points_text
from app.errors import AppError, Code
from app.exchange.moments import moment_text, read_moment

FORMAT_VERSION = 1
NO_PREVIOUS: Final = "0" * 64


class Kind(StrEnum):
    """What a package carries: up submission and rollup, down assignment and receipt."""

    ASSIGNMENT = "assignment"
    SUBMISSION = "submission"
    RECEIPT = "receipt"
    ROLLUP = "rollup"

    @property
    def goes_up(self) -> bool:
        """Tell whether it is addressed to an office; else to the holder of a certificate."""
        return self in {Kind.SUBMISSION, Kind.ROLLUP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What is signed about a package as a whole.

    `stream` is the sender's workspace, `sequence` counts from 1 within stream and recipient,
    `previous` is the digest of the package before (`NO_PREVIOUS` for the first). `recipient` is an
    office code for what goes up, the serial of a certificate for what comes down. What is counted
    or summed has a lower-case word for its name.
    """

    package_id: str
    kind: Kind
    rehearsal: bool
    stream: str
    sequence: int
    previous: str
    recipient: str
    created: datetime
    audit_head: str
    counts: Mapping[str, int] = field(default_factory=dict)
    totals: Mapping[str, Decimal] = field(default_factory=dict)


_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_SHA256 = r"[0-9a-f]{64}"
_RECIPIENTS = {"Recipient-Office": r"[0-9A-Z-]{1,40}", "Recipient-Certificate": r"[0-9a-f]{1,40}"}
_VALUES = {
    "Package-Id": _UUID,
    "Kind": "|".join(Kind),
    "Format-Version": str(FORMAT_VERSION),
    "Rehearsal": "yes|no",
    "Stream": _UUID,
    "Sequence": r"[1-9][0-9]{0,8}",
    "Previous": _SHA256,
    **_RECIPIENTS,
    "Created": r"[0-9T:.-]{19,26}Z",
    "Audit-Head": _SHA256,
    "Payload-Oxum": r"[0-9]{1,10}\.[0-9]{1,5}",
}
_COUNT = re.compile(r"Count-([A-Z][a-z]{1,20})")
_TOTAL = re.compile(r"Total-([A-Z][a-z]{1,20})")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")


def bag_info(head: Head, *, oxum: str) -> bytes:
    """Return bag-info.txt; `read_bag_info` gives the head back.

    Raises:
        ValueError: The head holds what cannot be read back: a bug of the caller.

    """
    fields = {
        "Package-Id": head.package_id,
        "Kind": head.kind.value,
        "Format-Version": str(FORMAT_VERSION),
        "Rehearsal": "yes" if head.rehearsal else "no",
        "Stream": head.stream,
        "Sequence": str(head.sequence),
        "Previous": head.previous,
        _recipient_label(head.kind): head.recipient,
        "Created": moment_text(head.created),
        "Audit-Head": head.audit_head,
        **_sums(head.counts, head.totals),
        "Payload-Oxum": oxum,
    }
    for label, value in fields.items():
        if not _is_well_formed(label, value):
            raise ValueError(f"{label}: {value!r} cannot stand in a head")
    return "".join(f"{label}: {value}\n" for label, value in fields.items()).encode("ascii")


def read_bag_info(content: bytes) -> tuple[Head, str]:
    """Return the head and Payload-Oxum of a bag-info.txt.

    Raises:
        AppError: PACKAGE_NEWER, PACKAGE_HEAD_MALFORMED.

    """
    fields = _fields(content)
    version = fields.get("Format-Version", "")
    if re.fullmatch(r"[1-9][0-9]{0,4}", version) and int(version) > FORMAT_VERSION:
        raise AppError(Code.PACKAGE_NEWER, version=version, known=FORMAT_VERSION)
    for label, value in fields.items():
        if not _is_well_formed(label, value):
            raise AppError(Code.PACKAGE_HEAD_MALFORMED, where=label)
    try:
        head, oxum = _head(fields), fields["Payload-Oxum"]
    except KeyError as cause:
        raise AppError(Code.PACKAGE_HEAD_MALFORMED, where=str(cause.args[0])) from cause
    except ValueError as cause:
        raise AppError(Code.PACKAGE_HEAD_MALFORMED, where="Created") from cause
    if bag_info(head, oxum=oxum) != content:
        raise AppError(Code.PACKAGE_HEAD_MALFORMED, where="order")
    return head, oxum


def require_same_world(head: Head, *, rehearsal: bool) -> None:
    """Keep practice and earnest apart; `rehearsal` is the reader's own mark.

    Raises:
        AppError: PACKAGE_IS_REHEARSAL, PACKAGE_IS_NOT_REHEARSAL.

    """
    if head.rehearsal and not rehearsal:
        raise AppError(Code.PACKAGE_IS_REHEARSAL)
    if rehearsal and not head.rehearsal:
        raise AppError(Code.PACKAGE_IS_NOT_REHEARSAL)


def require_sums(head: Head, *, counts: Mapping[str, int], totals: Mapping[str, Decimal]) -> None:
    """Compare the signed counts and totals with those of what the package holds.

    Raises:
        AppError: PACKAGE_COUNTS_DIFFER.

    """
    stated, found = _sums(head.counts, head.totals), _sums(counts, totals)
    for label in sorted(stated.keys() | found.keys()):
        if stated.get(label) != found.get(label):
            raise AppError(
                Code.PACKAGE_COUNTS_DIFFER,
                what=label,
                stated=stated.get(label, "-"),
                found=found.get(label, "-"),
            )


def _sums(counts: Mapping[str, int], totals: Mapping[str, Decimal]) -> dict[str, str]:
    """Return counts and totals as the head writes them."""
    return {
        **{f"Count-{name.capitalize()}": str(count) for name, count in counts.items()},
        **{f"Total-{name.capitalize()}": points_text(total) for name, total in totals.items()},
    }


def _recipient_label(kind: Kind) -> str:
    return "Recipient-Office" if kind.goes_up else "Recipient-Certificate"


def _fields(content: bytes) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in content.decode("ascii", "replace").split("\n")[:-1]:
        label, separator, value = line.partition(": ")
        if not separator or label in fields:
            raise AppError(Code.PACKAGE_HEAD_MALFORMED, where=label[:40])
        fields[label] = value
    return fields


def _is_well_formed(label: str, value: str) -> bool:
    if _COUNT.fullmatch(label):
        return _NUMBER.fullmatch(value) is not None
    if _TOTAL.fullmatch(label):
        return _is_points(value)
    return label in _VALUES and re.fullmatch(_VALUES[label], value) is not None


def _is_points(value: str) -> bool:
    try:
        return points_text(parse_points(value)) == value
    except AppError:
        return False


def _head(fields: Mapping[str, str]) -> Head:
    kind = Kind(fields["Kind"])
    counts = {_COUNT.fullmatch(label): value for label, value in fields.items()}
    totals = {_TOTAL.fullmatch(label): value for label, value in fields.items()}
    return Head(
        package_id=fields["Package-Id"],
        kind=kind,
        rehearsal=fields["Rehearsal"] == "yes",
        stream=fields["Stream"],
        sequence=int(fields["Sequence"]),
        previous=fields["Previous"],
        recipient=fields[_recipient_label(kind)],
        created=read_moment(fields["Created"]),
        audit_head=fields["Audit-Head"],
        counts={found[1].lower(): int(value) for found, value in counts.items() if found},
        totals={found[1].lower(): Decimal(value) for found, value in totals.items() if found},
    )
