"""The audit trail's lines: what a unit of work did. Chaining and keeping them is `db`'s affair."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """What a unit of work did, before it stands in the trail."""

    action: str
    subject: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One line of the trail. `hash` is SHA-256 over the line's canonical form with `previous`."""

    number: int
    at: str
    entry: AuditEntry
    previous: str
    hash: str
