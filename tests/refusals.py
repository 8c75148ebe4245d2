"""Assert that something is refused, and that the refusal can be told to a person."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.errors import AppError, Code, FactValue
from app.text.catalogue import Language, translator
from tests.forms import RESOURCES

_CATALOGUES = tuple(translator(language, RESOURCES) for language in Language)


@contextmanager
def refused(code: Code, /, **facts: FactValue) -> Iterator[None]:
    """Expect this AppError with at least these facts, and words for it in both languages."""
    with pytest.raises(AppError) as refusal:
        yield
    assert refusal.value.code is code
    assert facts.items() <= refusal.value.facts.items(), refusal.value.facts
    assert all(catalogue.error_sentence(refusal.value) for catalogue in _CATALOGUES)
