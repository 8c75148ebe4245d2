"""Sentences for people in two languages, from gettext catalogues; errors with their next step.

The catalogues hold stable keys in place of prose, so that no language is the source of the other.
"""

import gettext
from enum import StrEnum
from pathlib import Path

from app.errors import AppError, FactValue
from app.text.places import place_keys

_DOMAIN = "ankang"
_LONGEST_FACT = 400


class Language(StrEnum):
    """The languages of the interface, the first one first."""

    CHINESE = "zh_CN"
    ENGLISH = "en"


class Catalogue:
    """The sentences of one language."""

    def __init__(self, language: Language, messages: gettext.NullTranslations) -> None:
        self.language = language
        self._messages = messages

    def text(self, key: str, **facts: FactValue) -> str:
        """Return the sentence of a key, its placeholders filled; facts are never formatted again.

        KeyError for a key or a fact that is missing: a bug.
        """
        sentence = self._sentence(key)
        if sentence is None:
            raise KeyError(key)
        return sentence.format_map(facts)

    def error_sentence(self, error: AppError) -> str:
        """Return one line for an error: what is wrong, and what to do next."""
        return self.text(
            "error.joined",
            sentence=self.error_itself(error),
            step=self.text(f"error.{error.code.value}.next", **self._facts(error)),
        )

    def error_itself(self, error: AppError) -> str:
        """Return what is wrong, without what to do next.

        A sentence of its own for a fact that is there (`error.<code>.<fact>`) goes before the
        general one. A fact with a name in the catalogue (`<fact>.<value>`) is shown by that name.
        """
        key = f"error.{error.code.value}"
        facts = self._facts(error)
        fuller = (f"{key}.{name}" for name, value in facts.items() if value)
        best = next((other for other in fuller if self._sentence(other) is not None), key)
        return self.text(best, **facts)

    def _facts(self, error: AppError) -> dict[str, str]:
        return {name: self._shown(name, value) for name, value in error.facts.items()}

    def _sentence(self, key: str) -> str | None:
        found = self._messages.gettext(key)
        return None if found == key else found

    def _shown(self, name: str, value: FactValue) -> str:
        """Return a fact on one printable line, cut where it would drown the sentence."""
        line = " ".join(str(value).split())
        plain = "".join(letter if letter.isprintable() else "\ufffd" for letter in line)
        shown = self._sentence(f"{name}.{plain}") or self._place(name, plain) or plain
        return shown if len(shown) <= _LONGEST_FACT else f"{shown[:_LONGEST_FACT]}…"

    def _place(self, name: str, plain: str) -> str:
        """Return the name of a place on a print, '' where the fact is none."""
        for key, facts in place_keys(plain) if name == "where" else ():
            sentence = self._sentence(key)
            if sentence is not None:
                return sentence.format_map(facts)
        return ""


def translator(language: Language, resources: Path) -> Catalogue:
    """Return the sentences of a language from the program's `resources` folder."""
    folder = resources / "translations"
    return Catalogue(
        language, gettext.translation(_DOMAIN, localedir=folder, languages=[language.value])
    )
