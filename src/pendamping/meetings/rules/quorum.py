"""Whether enough of the right people came: every rule of the guideline, each held or failed.

Source: handbook 1.2 (local rules set the quorum; ours are defaults), guideline section ``meetings``.
Women and poor overlap; each is a share of those who came and may decide, and they are never added
together. Guests are counted apart: they neither help nor hurt a share.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pendamping.kernel.refusal import Reason
from pendamping.kernel.share import Share


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """The rule of one kind of meeting. Percentages 0: nothing is asked.

    ``clause``: where it stands, ``"meetings.p2kp2.citizens.quorum"``. ``roll``: of whom the quorum
    is counted (residents, adults, delegates, board, members, households). ``second``: this is a
    second meeting after a failed first one, so that the lower share counts.
    """

    clause: str
    roll: str
    present_percent: int = 0
    present_min: int = 0
    women_percent: int = 0
    poor_percent: int = 0
    every_rt: bool = False
    every_rw: bool = False
    second: bool = False


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who came, in numbers.

    ``total``: all who came, guests too. ``women``, ``poor``: of those who came without the guests. ``guests``: those who came without belonging to the roll.
    ``eligible``: how many belong to the roll of the quorum; ``None`` where nobody said.
    ``rts``: the ``"RW/RT"`` from which somebody of the roll came; ``None`` where nobody noted it.
    ``all_rts``: those that should be represented.
    """

    total: int
    women: int
    poor: int
    guests: int = 0
    eligible: int | None = None
    rts: frozenset[str] | None = None
    all_rts: frozenset[str] = frozenset()


def name_places(places: Iterable[str]) -> str:
    """RTs by their RW, as they are read out; RWs alone as they are.

    >>> name_places(["05/01", "05/02", "06/03"]), name_places(["05", "06"])
    ('RW 05 (RT 01, 02), RW 06 (RT 03)', 'RW 05, RW 06')
    """
    by_rw: dict[str, list[str]] = {}
    for place in places:
        rw, _slash, rt = place.partition("/")
        by_rw.setdefault(rw, []).extend([rt] if rt else [])
    return ", ".join(
        f"RW {rw} (RT {', '.join(rts)})" if rts else f"RW {rw}" for rw, rts in by_rw.items()
    )


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of the quorum and what came of it. ``need``: percent, or persons for ``present_min``.

    ``share``: the figure it was judged on; ``None`` where it could not be counted. ``missing``:
    RTs or RWs that were not represented.
    """

    key: str
    clause: str
    need: int
    held: bool
    share: Share | None = None
    missing: tuple[str, ...] = ()

    def reason(self) -> Reason:
        """Why it failed, ready to be read out."""
        values: dict[str, Any] = {"need": self.need, "missing": name_places(self.missing)}
        if self.share is not None:
            values |= {"part": self.share.part, "whole": self.share.whole}
            values["percent"] = self.share.percent()
        return Reason(self.clause, self._text(), values, {"rule": self.key})

    def _text(self) -> str:
        if self.share is None:
            return _UNKNOWN[self.key].text
        return _FAILED[self.key].text

    def as_json(self) -> dict[str, Any]:
        """As a meeting keeps it."""
        found: dict[str, Any] = {
            "key": self.key,
            "clause": self.clause,
            "need": self.need,
            "held": self.held,
            "missing": list(self.missing),
        }
        if self.share is not None:
            found["share"] = [self.share.part, self.share.whole]
        return found

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Check":
        """The check that was kept."""
        share = Share(*kept["share"]) if "share" in kept else None
        missing = tuple(kept.get("missing", ()))
        return cls(kept["key"], kept["clause"], kept["need"], kept["held"], share, missing)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every rule of the quorum; met where all held."""

    checks: tuple[Check, ...]

    @property
    def met(self) -> bool:
        """Whether the meeting may decide."""
        return all(check.held for check in self.checks)

    def reasons(self) -> list[Reason]:
        """Why it may not decide; empty where it may."""
        return [check.reason() for check in self.checks if not check.held]

    def as_json(self) -> list[dict[str, Any]]:
        """As a meeting keeps it."""
        return [check.as_json() for check in self.checks]

    @classmethod
    def from_json(cls, kept: list[Mapping[str, Any]]) -> "Verdict":
        """The verdict that was kept."""
        return cls(tuple(Check.from_json(each) for each in kept))


_FAILED = {
    "present_percent": Reason(
        "", "Only {part} of {whole} who may decide were present ({percent}); at least {need} % are needed."
    ),
    "present_min": Reason("", "Only {part} persons came; at least {need} are needed."),
    "women_percent": Reason(
        "", "Only {part} of the {whole} who came and may decide are women ({percent}); at least {need} % are needed."
    ),
    "poor_percent": Reason(
        "", "Only {part} of the {whole} who came and may decide are poor ({percent}); at least {need} % are needed."
    ),
    "every_rt": Reason("", "Nobody came from {missing}: {part} of {whole} RTs were represented."),
    "every_rw": Reason("", "Nobody came from {missing}: {part} of {whole} RWs were represented."),
}  # fmt: skip

_UNKNOWN = {
    "present_percent": Reason(
        "",
        "It is not recorded how many may decide in this meeting; at least {need} % of them must be present.",
    ),
    "every_rt": Reason("", "It is not recorded from which RTs people came; every RT must be represented."),
    "every_rw": Reason("", "It is not recorded from which RWs people came; every RW must be represented."),
}  # fmt: skip


def read_rule(
    quorum: Mapping[str, Any], *, code: str, kind: str, second: bool = False
) -> QuorumRule:
    """The rule out of a guideline's ``meetings.<kind>.quorum``."""
    present = quorum["present_percent"]
    if second:
        present = quorum.get("second_present_percent", present)
    return QuorumRule(
        clause=f"meetings.{code}.{kind}.quorum",
        roll=quorum["roll"],
        present_percent=present,
        present_min=quorum.get("present_min", 0),
        women_percent=quorum["women_percent"],
        poor_percent=quorum["poor_percent"],
        every_rt=quorum["every_rt"],
        every_rw=quorum.get("every_rw", False),
        second=second,
    )


def judge(came: Attendance, rule: QuorumRule) -> Verdict:
    """Hold an attendance against a rule; only rules that ask for something are listed.

    A share of nobody fails: a meeting to which nobody came decides nothing.
    """
    checks = [*_presence(came, rule), *_parts(came, rule), *_places(came, rule)]
    if not checks:
        checks = [_at_least("present_min", rule, Share(came.total - came.guests, 1), 1)]
    return Verdict(tuple(checks))


def _presence(came: Attendance, rule: QuorumRule) -> list[Check]:
    present = came.total - came.guests
    found = []
    if rule.present_percent:
        key = "second_present_percent" if rule.second else "present_percent"
        share = None if came.eligible is None else Share(present, came.eligible)
        held = share is not None and share.at_least(rule.present_percent)
        clause = f"{rule.clause}.{key}"
        found.append(Check("present_percent", clause, rule.present_percent, held, share))
    if rule.present_min:
        found.append(_at_least("present_min", rule, Share(present, 1), rule.present_min))
    return found


def _parts(came: Attendance, rule: QuorumRule) -> list[Check]:
    found = []
    for key, part, need in (
        ("women_percent", came.women, rule.women_percent),
        ("poor_percent", came.poor, rule.poor_percent),
    ):
        if need:
            share = Share(part, came.total - came.guests)
            found.append(Check(key, f"{rule.clause}.{key}", need, share.at_least(need), share))
    return found


def _places(came: Attendance, rule: QuorumRule) -> list[Check]:
    found = []
    if rule.every_rt:
        found.append(_represented("every_rt", rule, came.rts, came.all_rts))
    if rule.every_rw:
        rws = None if came.rts is None else frozenset(rt.split("/")[0] for rt in came.rts)
        wanted = frozenset(rt.split("/")[0] for rt in came.all_rts)
        found.append(_represented("every_rw", rule, rws, wanted))
    return found


def _represented(
    key: str, rule: QuorumRule, came: frozenset[str] | None, wanted: frozenset[str]
) -> Check:
    clause = f"{rule.clause}.{key}"
    if came is None:
        return Check(key, clause, 100, False)
    missing = tuple(sorted(wanted - came))
    share = Share(len(wanted) - len(missing), len(wanted))
    return Check(key, clause, 100, not missing, share, missing)


def _at_least(key: str, rule: QuorumRule, share: Share, need: int) -> Check:
    return Check(key, f"{rule.clause}.{key}", need, share.part >= need, share)
