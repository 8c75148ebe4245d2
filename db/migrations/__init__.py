"""The steps from each released schema to the next, forward only, in the order imported here."""

from db.migrations import (
    m0001_first,
    m0002_visit,
    m0003_assignments,
    m0004_photos,
    m0005_hazards,
    m0006_phrases,
    m0007_handover,
    m0008_district,
    m0009_time_stamp_service,
    m0010_paper_proof,
)
from db.migrations.registry import MIGRATIONS

__all__ = [
    "MIGRATIONS",
    "m0001_first",
    "m0002_visit",
    "m0003_assignments",
    "m0004_photos",
    "m0005_hazards",
    "m0006_phrases",
    "m0007_handover",
    "m0008_district",
    "m0009_time_stamp_service",
    "m0010_paper_proof",
]
