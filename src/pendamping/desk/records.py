"""What the records of the trail are called, and where each has its page."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_

_DAY = re.compile(r"\d{4}-\d\d-\d\d$")  # a record that is one of a month ends with its last day
# kind of record: (what it is called, its page, the part of the page's address, who may read it)
RECORDS: dict[str, tuple[str, str, str, str]] = {
    "stage": (N_("Stage"), "cycle:stage", "stage", "cycle.read"),
    "stage_plan": (N_("Plan of the stages"), "cycle:plan", "plan", "cycle.read"),
    # no page: whom a complaint is about shall not see from a link that there is one which they may not open
    "complaint": (N_("Complaint"), "", "", ""),
    "loan": (N_("Loan"), "loans:loan", "loan", "loans.read"),
    "group": (N_("Group"), "institutions:group", "group", "institutions.read"),
    "body": (N_("Body"), "institutions:body", "body", "institutions.read"),
    "appointment": (
        N_("Appointment"), "institutions:appointment", "appointment", "institutions.read",
    ),
    "warning": (N_("Early warning"), "", "", ""),
    "remedy": (N_("Remedy"), "insight:remedy", "remedy", "insight.read"),
    "reading": (N_("Reading of the criteria"), "", "", ""),
    "promise": (N_("Promise for the hand-over"), "", "", ""),
    "duty": (N_("Duty that passes on"), "handover:duty", "duty", "handover.read"),
    "duty_step": (N_("Duty that passes on"), "", "", ""),
    "sign_off": (N_("Hand-over"), "handover:sign_off", "sign_off", "handover.read"),
    "yearly_check": (N_("Yearly check"), "", "", ""),
    "card_round": (N_("Round of the scorecard"), "monitoring:card", "round", "monitoring.read"),
    "card_sheet": (N_("Sheet of the scorecard"), "", "", ""),
    "sample": (N_("Sample of borrowers"), "monitoring:sample", "sample", "monitoring.read_interviews"),
    "asked": (N_("Interview on a loan"), "", "", ""),  # who was asked is for interviewers
    "tick": (N_("Criterion of maturity"), "", "", ""),
    "card_action": (N_("Promise after the scorecard"), "monitoring:action", "action", "monitoring.read"),
    "study": (N_("Study"), "", "", ""),
    "code": (N_("Code of the study"), "", "", ""),
    "informant": (N_("Informant"), "", "", ""),
    "source": (N_("Source of the study"), "evidence:source", "source", "evidence.read_sources"),
    "passage": (N_("Passage"), "evidence:passage", "passage", "evidence.read_sources"),
    "taken": (N_("File of another tool for the study"), "", "", ""),
    "paragraph": (N_("Report of the study"), "", "", ""),
    "memo": (N_("Thought on the study"), "", "", ""),
    "kin": (N_("Declared relation"), "", "", ""),
    "log": (N_("Logbook entry"), "facilitation:entry", "entry", "facilitation.read_log"),
    "poster": (N_("Poster"), "", "", ""),
    "cadre": (N_("Cadre"), "cadres:cadre", "cadre", "cadres.read"),
    "medium_term_plan": (N_("Medium-term plan"), "planning:plan", "plan", "planning.read"),
    "week_plan": (N_("Plan for a day"), "", "", ""),
    "plan": (N_("Plan"), "", "", ""),  # what both were called up to 0.1
    "rating": (N_("Voice of the residents"), "", "", ""),
    "report_month": (N_("Monthly report"), "", "", ""),
    "training": (N_("Training"), "facilitation:training", "training", "facilitation.read"),
    "posting": (N_("Team"), "", "", ""),
    "background": (N_("Facilitator's background"), "", "", ""),
    "dossier": (N_("Dossier"), "verification:dossier", "dossier", "verification.read"),
    "office": (N_("Office"), "", "", ""),
    "freeze": (N_("Freeze"), "", "", ""),
    "absence": (N_("Absence"), "", "", ""),
    "meeting": (N_("Meeting"), "meetings:meeting", "meeting", "meetings.read"),
    "household": (N_("Household"), "households:home", "household", "households.read"),
    "entry": (N_("Entry"), "ledger:entry", "entry", "ledger.read"),
    "poor_list": (N_("Poor list"), "targeting:list", "poor_list", "targeting.read_names"),
    "designation": (N_("Designation"), "targeting:designation", "designation", "targeting.read"),
    "census_upload": (N_("Census file"), "households:findings", "upload", "households.stage_upload"),
    "person": (N_("Resident"), "", "", ""),
    "user": (N_("User"), "", "", ""),
    "ward": (N_("Ward"), "", "", ""),
    "savings": (N_("Savings"), "savings:card", "group", "savings.read"),
    "allocation": (N_("Allocation"), "", "", ""),
    "tranche": (N_("Tranche"), "grants:tranche", "tranche", "grants.read"),
    "transfer": (N_("Move between windows"), "", "", ""),
    "grant": (N_("Works of a group"), "grants:grant", "grant", "grants.read"),
    "grants": (N_("Payment of the grant"), "grants:movement", "movement", "grants.read"),
    "report": (N_("Report (LPJ)"), "", "", ""),
    "books": (N_("Books of the UPK"), "ledger:journal", "", "ledger.read"),
    "close": (N_("Close of a month"), "upk:closes", "", "ledger.read"),
    "year": (N_("Close of a year"), "upk:closes", "", "ledger.read"),
    "split": (N_("Sharing of the profit"), "upk:closes", "", "ledger.read"),
    "cash_count": (N_("Count of the cash"), "upk:count", "", "ledger.read"),
    "reserve": (N_("Reserve for bad loans"), "loans:reserve", "", "loans.read"),
    "health": (N_("Health card of the UPK"), "upk:card", "", "ledger.read"),
    "stop": (N_("Stop on new lending"), "loans:stop", "", "loans.read"),
    "bank_statement": (N_("Statement of the bank"), "upk:bank", "", "ledger.read"),
    "bank_match": (N_("Comparison with the bank"), "upk:bank", "", "ledger.read"),
    "item": (N_("Piece of the inventory"), "upk:item", "item", "ledger.read"),
    "depreciation": (N_("Depreciation"), "", "", ""),
    "opening": (N_("Opening balances"), "upk:opening", "", "ledger.read"),
    "need": (N_("Need of a neighbourhood"), "planning:home", "", "planning.read"),
    "potential": (N_("Potential of a neighbourhood"), "planning:home", "", "planning.read"),
    "vote": (N_("Vote on needs"), "", "", ""),
    "proposal": (N_("Proposal"), "planning:proposal", "proposal", "planning.read"),
    "election": (N_("Election of the board"), "elections:election", "election", "elections.read"),
    "criteria": (N_("Poverty criteria"), "targeting:home", "", "targeting.read"),
    "objection": (N_("Objection to the poor list"), "", "", ""),
    "deviation": (N_("Decision of the ward beside the guideline"), "guidelines:decisions", "", "guidelines.read"),
    "adoption": (N_("Guideline in force"), "", "", ""),
    "guideline": (N_("Guideline"), "", "", ""),
    "map": (N_("Map of the ward"), "", "", ""),
    "regions": (N_("List of regions"), "", "", ""),
    "census_uploads": (N_("Census files"), "", "", ""),
    "demo": (N_("Example data"), "", "", ""),
    "server": (N_("Server"), "", "", ""),
}  # fmt: skip


FORMERLY = {"medium_term_plan": "plan", "week_plan": "plan"}
"""Kinds of records that the trail had another word for; what it said then stays as it is."""


def formerly(record: str) -> list[str]:
    """Other names under which the trail may have this record.

    >>> formerly("week_plan:01A"), formerly("loan:01A")
    (['plan:01A'], [])
    """
    kind, _colon, key = record.partition(":")
    return [f"{FORMERLY[kind]}:{key}"] if kind in FORMERLY else []


def record_name(record: str) -> str:
    """A record in words short enough for a table: what it is, and the end of its id.

    >>> record_name("kite:01ABCDEFGHJKMNPQRSTVWXYZ00")
    'kite …XYZ00'
    """
    kind, _colon, key = record.partition(":")
    name = _(RECORDS[kind][0]) if kind in RECORDS else kind
    if day := _DAY.search(key):
        return f"{name} {date_format(date.fromisoformat(day[0]), 'F Y')}"
    return f"{name} {key if len(key) < 20 else '…' + key[-5:]}".strip()


def told(data: Mapping[str, Any], may: Callable[[str], bool]) -> str:
    """What an event says of its record beyond its name: month or year, and the sum for who may read the books.

    >>> told({"year": 2004}, lambda _permission: False), told({"lines": 3}, lambda _permission: True)
    ('2004', '')
    """
    month, year, amount = (data.get(key) for key in ("month", "year", "amount"))
    found = []
    if isinstance(month, str) and _DAY.fullmatch(month):
        found.append(date_format(date.fromisoformat(month), "F Y"))
    elif isinstance(year, int):
        found.append(str(year))
    if isinstance(amount, int) and may("ledger.read"):
        found.append(format_rupiah(amount))
    return ", ".join(found)
