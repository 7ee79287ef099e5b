"""A refusal is a list of reasons, each with its clause, all at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Translate = Callable[[str], str]


def N_(text: str) -> str:  # the name that message extractors know
    """Mark a text for translation where no language is known yet; returns it unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, ready to be read out to a group.

    ``clause``: where the rule stands, ``"loans.p2kp2.first_loan_max"``.
    ``text``: an English sentence with ``{named}`` places, marked with :func:`N_`.
    ``values``: what goes into the places (already formatted, or plain numbers).
    ``where``: the record, sheet, row or person that is meant; machine-readable.
    """

    clause: str
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    where: Mapping[str, Any] = field(default_factory=dict)

    def say(self, translate: Translate | None = None) -> str:
        """The sentence in a language; English where no translation is given."""
        template = translate(self.text) if translate else self.text
        return template.format(**self.values)

    def as_json(self, translate: Translate | None = None) -> dict[str, Any]:
        """``{"clause", "text", "where"}`` as the doors promise."""
        return {"clause": self.clause, "text": self.say(translate), "where": dict(self.where)}


class Refusal(Exception):
    """Raised by an action that may not happen; carries every reason."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons: list[Reason] = list(reasons)
        if not self.reasons:
            raise ValueError("a refusal names at least one reason")
        super().__init__("; ".join(reason.say() for reason in self.reasons))


def refuse(
    clause: str, text: str, *, where: Mapping[str, Any] | None = None, **values: Any
) -> Refusal:
    """A refusal with one reason, to be raised."""
    return Refusal([Reason(clause, text, values, where or {})])


def refuse_if(reasons: Iterable[Reason]) -> None:
    """Raise a :class:`Refusal` when there is any reason."""
    found = list(reasons)
    if found:
        raise Refusal(found)
