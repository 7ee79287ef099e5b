"""What every page knows: who is here, in which ward, where one can go."""

from importlib.metadata import version
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendamping.access import queries as access
from pendamping.access import rules as access_rules
from pendamping.demo import people as demo
from pendamping.web import source

VERSION = version("pendamping")

# name of the address, permission, label, icon; in the order of a ward's day
NAV = [
    ("desk:today", "desk.read", gettext_lazy("Today"), "today"),
    ("households:list", "households.read", gettext_lazy("Households"), "households"),
    ("loans:list", "loans.read", gettext_lazy("Loans"), "loans"),
    ("meetings:list", "meetings.read", gettext_lazy("Meetings"), "meetings"),
    ("cycle:home", "cycle.read", gettext_lazy("Stages"), "cycle"),
    ("planning:home", "planning.read", gettext_lazy("Needs and votes"), "check"),
    ("grants:home", "grants.read", gettext_lazy("Grant (BLM)"), "grants"),
    ("institutions:list", "institutions.read", gettext_lazy("Groups"), "groups"),
    ("elections:board", "elections.read", gettext_lazy("Board"), "scale"),
    ("facilitation:home", "facilitation.read", gettext_lazy("Accompanying"), "chart"),
    ("complaints:home", "complaints.read", gettext_lazy("Complaints"), "warn"),
    ("verification:list", "verification.read", gettext_lazy("Dossiers"), "clock"),
    ("targeting:home", "targeting.read", gettext_lazy("Poor list"), "targeting"),
    ("ledger:journal", "ledger.read", gettext_lazy("Books"), "books"),
    ("guidelines:reader", "guidelines.read", gettext_lazy("Guidelines"), "guidelines"),
    ("access:people", "access.read", gettext_lazy("People"), "people"),
    ("desk:trail", "trail.read", gettext_lazy("Trail"), "trail"),
]

_OF_BODIES = ("bodies", "body", "body_paper", "draft", "appointment", "name", "unname", "drop",
              "appoint", "release")  # fmt: skip

UNDER = {
    "upk": "ledger",
    "upk:card": "loans",
    "upk:record": "loans",
    "savings": "loans",
    "persons": "households",
    "cadres": "facilitation",
    "practice": "desk",
    "notice": "desk",
    "insight": "desk",
    "evidence": "desk",
    "handover": "cycle",
    "monitoring": "cycle",
    "relations": "elections",
    **dict.fromkeys((f"institutions:{page}" for page in _OF_BODIES), "elections"),
}
"""Rooms, and single pages, that stand under another room's entry: the one that their crumbs begin with."""


def page(request: HttpRequest) -> dict[str, Any]:
    """``ward``, ``nav``, ``role_names``, ``practice_date``, ``practice_url`` (for who may move it),
    ``source_url`` for the base template, and the addresses and logins that account pages show."""
    ward = getattr(request, "ward", None)
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated:
        return {"ward": None, "nav": [], "role_names": [], "source_url": source.address(),
                **_practice(request)}  # fmt: skip
    roles = access.roles(user, ward.code) if ward else []  # type: ignore[arg-type]
    return {
        "ward": ward,
        "nav": _nav(request, user, ward) if ward else [],
        "role_names": [_(access_rules.ROLES[role][0]) for role in roles],
        "practice_date": ward.practice_today if ward else None,
        "practice_url": _practice_url(user, ward),
        "password_url": reverse("access:password"),
        "pendamping_version": VERSION,
        "source_url": source.address(),
    }


def _practice_url(user: Any, ward: Any) -> str:
    if not ward or not ward.practice_today:
        return ""
    if not access.may(user, "desk.move_practice_date", ward.code):
        return ""
    return reverse("desk:practice", kwargs={"ward": ward.code})


def _practice(request: HttpRequest) -> dict[str, Any]:
    """The logins of the demonstration for the login page, where this server holds it."""
    match = request.resolver_match
    if not match or match.view_name != "account_login":
        return {}
    logins = demo.logins()
    return {
        "demo_logins": [
            {"username": one.username, "name": one.name, "role": _(access_rules.ROLES[one.role][0])}
            for one in logins
        ],
        "demo_password": logins[0].password if logins else "",
    }


def entry_of(view: str) -> str:
    """The name of the menu's entry that a page stands under; empty where it stands under none."""
    names = [name for name, *_rest in NAV]
    if view in names:
        return view
    room = view.partition(":")[0]
    room = UNDER.get(view) or UNDER.get(room, room)
    return next((name for name in names if name.partition(":")[0] == room), "")


def _nav(request: HttpRequest, user: Any, ward: Any) -> list[dict[str, Any]]:
    match = request.resolver_match
    current = entry_of(match.view_name) if match else ""
    return [
        {
            "url": reverse(name, kwargs={"ward": ward.code}),
            "label": label,
            "icon": icon,
            "current": name == current,
        }
        for name, permission, label, icon in NAV
        if access.may(user, permission, ward.code)
    ]
