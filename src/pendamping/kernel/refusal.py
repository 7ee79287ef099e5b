"""A refusal is a list of reasons, each with its clause, all at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Translate = Callable[[str], str]


def N_(text: str) -> str:  # the name that message extractors know
    """Mark a text for translation where no language is known yet; returns it unchanged."""
    return text


MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
    N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
GROUPED = N_("3,448")  # how a language groups thousands, by one example
LANGUAGE = N_("en")  # the code of the language itself, by which a name in several is chosen
PLACES = frozenset({"row", "year", "seq", "number"})  # numbers that name a place: never grouped


def shown(value: Any, translate: Translate) -> Any:
    """A value as it is read out: days as ``25 Mei 2005``, large numbers as ``3.448``.

    Days come as ``date`` or in ISO form; a name that is known in several languages as ``{"id": …, "en": …}``,
    so that what is kept is read by everybody in their own. Every other value stays as it is.

    >>> shown("2005-05-25", str), shown(3448, str), shown("05/02", str)
    ('25 May 2005', '3,448', '05/02')
    """
    if isinstance(value, Mapping):
        return value.get(translate(LANGUAGE), next(iter(value.values()), ""))
    if isinstance(value, str) and len(value) == 10:
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return value
    if isinstance(value, date):
        return f"{value.day} {translate(MONTHS[value.month - 1])} {value.year}"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 1000:
        return f"{value:,}".replace(",", translate(GROUPED)[1])
    return value


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, ready to be read out to a group.

    ``clause``: where the rule stands, ``"loans.p2kp2.first_loan_max"``.
    ``text``: an English sentence with ``{named}`` places, marked with :func:`N_`.
    ``values``: what goes into the places: plain numbers, days (as ``date`` or in ISO form), texts, names in
    several languages.
    ``where``: the record, sheet, row or person that is meant; machine-readable.
    """

    clause: str
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    where: Mapping[str, Any] = field(default_factory=dict)

    def say(self, translate: Translate | None = None) -> str:
        """The sentence in a language, days and numbers as it writes them.

        Where no translation is given: English, with the values as they are.
        """
        if translate is None:
            plain = {
                name: shown(value, str) if isinstance(value, Mapping) else value
                for name, value in self.values.items()
            }
            return self.text.format(**plain)
        values = {
            name: value if name in PLACES else shown(value, translate)
            for name, value in self.values.items()
        }
        return translate(self.text).format(**values)

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
