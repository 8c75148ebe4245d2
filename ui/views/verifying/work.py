"""What 核验 asks of the lanes; what imports pyHanko and PDFium is imported late.

The compute lane comes first with everything, so that no other lane waits for these imports.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.crypto.trust import TrustedOffice
    from app.services.desk.desk import Desk
    from app.services.verify.exhibit import Exhibit
    from app.services.verify.verdict import Report
    from app.services.verify.verify import Bench

Given = Path | Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What was brought, and what else it is than something to verify."""

    exhibit: "Exhibit"
    is_package: bool = False
    is_trust: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    """An office trusted for one visit, and how it is told."""

    office: "TrustedOffice"
    name: str
    fingerprint: str


def look(given: Given, name: str) -> Brought:
    """Tell what a file, or a picture that never was one, is (compute lane)."""
    from app.services.verify.exhibit import look_at, look_into
    from app.services.verify.verdict import Kind
    from app.services.verify.verify import looks_like_trust

    exhibit = look_at(given) if isinstance(given, Path) else look_into(given(), name=name)
    return Brought(
        exhibit=exhibit,
        is_package=exhibit.kind is Kind.PACKAGE,
        is_trust=exhibit.kind is Kind.UNKNOWN and looks_like_trust(exhibit.content),
    )


def look_for(typed: str) -> Brought:
    """Read a check code (compute lane); AppError CHECK_CODE_MALFORMED."""
    from app.services.verify import verify  # noqa: F401 - before the database lane needs it
    from app.services.verify.exhibit import check_code

    return Brought(exhibit=check_code(typed))


def trust(desk: "Desk", *, content: bytes) -> Trusted:
    """Read whom a file lets one trust; raises as `read_trust`."""
    from app.crypto.facts import fingerprint_groups, read_ca
    from app.services.verify.verify import read_trust

    office = read_trust(content, now=desk.clock.now())
    return Trusted(
        office=office,
        name=read_ca(office.ca).organisation,
        fingerprint=fingerprint_groups(office.ca),
    )


def lay(desk: "Desk", *, exhibit: "Exhibit", trusted: tuple[Trusted, ...]) -> "Bench":
    """Read what judging needs of the workspace."""
    from app.services.verify.verify import lay_before

    return lay_before(desk, exhibit, also=tuple(each.office for each in trusted))


def judge(exhibit: "Exhibit", bench: "Bench") -> "Report":
    """Judge what was brought (compute lane)."""
    from app.services.verify.verify import judge as judged

    return judged(exhibit, bench)


def know(desk: "Desk", *, report: "Report") -> "Report":
    """Add what the workspace knows."""
    from app.services.verify.verify import known_here

    return known_here(desk, report)
