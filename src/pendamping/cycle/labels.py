"""What the room says: states, what is missing at a gate, what is done about it and on which paper."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.kernel.refusal import N_

STATES = {
    # state: (word, tone of its badge, icon)
    "finished": (N_("finished"), "good", "check"),
    "running": (N_("running"), "river", "clock"),
    "ready": (N_("can begin"), "plain", "next"),
    "waiting": (N_("waits"), "plain", "clock"),
    "skipped": (N_("left out"), "plain", "close"),
}

MATTERS = {
    # the decision that a meeting is called for, by its matter
    "programme_acceptance": N_("Residents accept the programme"),
    "plan": N_("Residents ratify the medium-term plan and the annual plan"),
    "board_report": N_("Residents accept the report of the board"),
    "handover": N_("Board and units take over from the facilitator"),
}

STEPS: dict[str, tuple[str, str, str]] = {
    # what is missing: (what to do, paper that goes with it, button)
    "places": (N_("No RT is known here: bring in the census first"), N_("the census file"), N_("Bring in the census")),
    "session": (N_("RTs without a session: {count}. Next: RW {rw} RT {rt}"), N_("the printed roll of the session"), N_("Call the session")),
    "decide": (N_("No meeting has decided it yet: {gate}"), N_("printed roll, signed minutes"), N_("Call the meeting")),
    "called": (N_("A meeting is called for it: {gate}"), N_("printed roll, signed minutes"), N_("Open the meeting")),
    "unfinished": (N_("The decision of {day} does not hold yet: {why}"), N_("signed minutes"), N_("Open the meeting")),
    "rejected": (N_("The meeting decided against it: {gate}"), N_("signed minutes"), N_("See the meetings")),
    "criteria": (N_("No criteria of poverty are ratified yet"), N_("minutes of the residents' meeting"), N_("To the criteria")),
    "poor_list": (N_("No poor list is ratified yet"), N_("the posted list, minutes of the residents' meeting"), N_("To the list")),
    "seats": (N_("Nobody sits in the board yet"), N_("ballots, tally sheets, minutes of the election"), N_("To the election")),
    "new_board": (N_("No new board has been elected yet"), N_("ballots, tally sheets, minutes of the election"), N_("To the election")),
    "paper": (N_("A paper of the board is missing: {paper}"), N_("the paper itself, its number and day"), N_("Enter the paper")),
    "groups": (N_("Groups formed: {have} of {of}"), N_("the pledge, signed by all members"), N_("Form a group")),
    "no_tranche": (N_("No tranche of the grant is known yet"), N_("the letter with the allocation"), N_("To the grant")),
    "release_paper": (N_("Not ticked as present and correct: {paper}"), N_("the paper itself"), N_("Open the tranche")),
    "receive": (N_("Tranche {number} has not come yet"), N_("payment order (SPM, SP2D)"), N_("Open the tranche")),
    "report": (N_("The report of tranche {number} is not accepted yet"), N_("the report (LPJ), drafted from the books"), N_("Open the report")),
    "begin": (N_("{stage} can begin"), "", N_("Enter its first day")),
    "finish": (N_("{stage} can be closed: everything that it asks for is on record"), "", N_("Enter its last day")),
}  # fmt: skip

PAPERS = {
    "charter": N_("statutes (AD)"), "deed": N_("notarial deed"), "decree": N_("decree"),
    "account": N_("bank account"),
}  # fmt: skip


def lang() -> str:
    """The reader's language as the guideline's texts name it."""
    return "en" if get_language() == "en" else "id"


def said(both: Mapping[str, str]) -> str:
    """A text of the guideline in the reader's language."""
    return both.get(lang()) or next(iter(both.values()))


def step_words(kind: str, values: Mapping[str, Any]) -> dict[str, str]:
    """``what``, ``paper`` and ``action`` of a step, in the reader's language."""
    what, paper, action = STEPS[kind]
    shown = {
        key: number_format(value) if isinstance(value, int) and key != "number" else value
        for key, value in values.items()
    }
    if "day" in values:
        shown["day"] = date_format(values["day"], "j F Y")
    return {
        "what": _(what).format(**shown),
        "paper": _(paper) if paper else "",
        "action": _(action),
    }


def state_name(state: str) -> str:
    """A state of a stage in words."""
    return _(STATES[state][0])
