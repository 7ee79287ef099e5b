"""What a guideline is once it has been read: texts, clauses, deviations. Pure Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

STATUSES = ("sourced", "default", "local")
DOCUMENTS = ("general", "technical", "whole")
"""``whole``: one text that holds both; a guideline is one whole text or a general and a technical."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """A ward's own decision beside the text.

    ``clause``: ``"<section>.<code>.<key>"``, with a path below it where one field of a table is
    meant: ``"meetings.p2kp2.readiness.quorum.present_percent"``. ``until`` is the last day it holds;
    ``ended_by`` the meeting that ended it.
    """

    clause: str
    value: Any
    since: date
    meeting: str
    reason: str
    until: date | None = None
    id: str = ""
    ended_by: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule: its value, where it comes from and how firmly it is known.

    ``status``: ``sourced`` (seen in a public text), ``default`` (unverified or our design),
    ``local`` (the ward decided otherwise). ``text``: a sentence per language in which ``{value}``
    stands for the value. ``version``: of the text that gave it this wording.
    """

    id: str
    section: str
    key: str
    value: Any
    source: str
    status: str
    unit: str = ""
    text: Mapping[str, str] = field(default_factory=dict)
    note: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    document: str = ""
    deviations: tuple[Deviation, ...] = ()

    @property
    def deviation(self) -> Deviation | None:
        """The ward's decision that holds, the latest where several fields were decided."""
        return self.deviations[-1] if self.deviations else None


@dataclass(frozen=True, slots=True)
class Header:
    """Who speaks, since when, in which money and languages."""

    code: str
    kind: str
    version: str
    title: Mapping[str, str]
    valid_from: date
    currency: str
    languages: tuple[str, ...]
    source_ref: str
    verified_by: str
    valid_to: date | None = None
    amends: str = ""
    summary: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """One dated text: a header and its clauses by ``(section, key)``, in the order written.

    Compared by identity: each text is read once per process.
    """

    header: Header
    clauses: Mapping[tuple[str, str], Clause]
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Guideline:
    """Everything that is in force together: one whole text, or a general and a technical one."""

    code: str
    texts: tuple[Text, ...]
    clauses: Mapping[tuple[str, str], Clause]
    _by_section: Mapping[str, Mapping[str, Any]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found: dict[str, dict[str, Any]] = {}
        for (section, key), clause in self.clauses.items():
            found.setdefault(section, {})[key] = clause.value
        object.__setattr__(self, "_by_section", found)

    @property
    def version(self) -> str:
        """``"1.0"``, or ``"1.0+1.1"`` (general + technical) where the two differ.

        Kept by every decision that was taken under it.
        """
        versions = list(dict.fromkeys(text.header.version for text in self.texts))
        return "+".join(versions)

    @property
    def currency(self) -> str:
        return self.texts[0].header.currency

    @property
    def languages(self) -> tuple[str, ...]:
        return self.texts[0].header.languages

    @property
    def verified(self) -> bool:
        """Whether somebody has put a name under every text."""
        return all(text.header.verified_by for text in self.texts)

    def section(self, name: str) -> dict[str, Any]:
        """Plain values of a section by key, in the order of the text; empty where it has none."""
        return dict(self._by_section.get(name, {}))

    def sections(self) -> list[str]:
        """The names of the sections it fills, in the order of the text."""
        return list(self._by_section)
