"""Which form and guide a card is filled on: a new card the shipped ones, and those for ever."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from app.domain.form import Form, FormHash, GuideHash
from app.domain.guide import Guide
from app.errors import AppError, Code
from app.exchange.forms import read_form, read_guide
from app.services.desk.desk import Desk

_CURRENT = "national-2020-2021.json"


def current_form(desk: Desk) -> Form:
    """Return the form new cards are filled on."""
    return _form(_shipped(desk.resources, "forms"))


def current_guide(desk: Desk) -> Guide:
    """Return the guide new cards are filled on."""
    return _guide(_shipped(desk.resources, "guides"), _shipped(desk.resources, "forms"))


def guide_name(guide: Guide) -> str:
    """Return how a guide is named for people."""
    return f"{guide.title} {guide.version}"


def current_guide_names(desk: Desk) -> Mapping[GuideHash, str]:
    """Return the names of the guides shipped, by hash."""
    guide = current_guide(desk)
    return {guide.hash: guide_name(guide)}


def keep_current(desk: Desk) -> None:
    """Keep the current form and guide in the workspace (inside a change)."""
    documents = desk.workspace.documents
    documents.keep(current_form(desk).hash, _shipped(desk.resources, "forms"))
    documents.keep(current_guide(desk).hash, _shipped(desk.resources, "guides"))


def form_with_hash(desk: Desk, form: FormHash) -> Form:
    """Return a form by its identity, shipped or kept; AppError FORM_UNKNOWN, FORM_DAMAGED."""
    shipped = current_form(desk)
    if shipped.hash == form:
        return shipped
    kept = desk.workspace.documents.get(form)
    if kept is None:
        raise AppError(Code.FORM_UNKNOWN, form=form)
    made = _form(kept)
    if made.hash != form:
        raise AppError(Code.FORM_DAMAGED, where="hash")
    return made


def guide_with_hash(desk: Desk, guide: GuideHash, form: FormHash) -> Guide:
    """Return a guide by its identity, shipped or kept; AppError GUIDE_UNKNOWN, GUIDE_DAMAGED."""
    shipped = current_guide(desk)
    if shipped.hash == guide:
        return shipped
    kept, under = desk.workspace.documents.get(guide), desk.workspace.documents.get(form)
    if kept is None or under is None:
        raise AppError(Code.GUIDE_UNKNOWN, guide=guide)
    made = _guide(kept, under)
    if made.hash != guide:
        raise AppError(Code.GUIDE_DAMAGED, where="hash")
    return made


@lru_cache(maxsize=8)
def _shipped(resources: Path, kind: str) -> bytes:
    return (resources / kind / _CURRENT).read_bytes()


@lru_cache(maxsize=8)
def _form(content: bytes) -> Form:
    return read_form(content)


@lru_cache(maxsize=8)
def _guide(content: bytes, form: bytes) -> Guide:
    return read_guide(content, _form(form))
