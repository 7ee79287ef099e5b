"""What the chain says: its links, where each stands, who asked."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendamping.cycle.rules.chain import Link

LINKS = {
    "asked": gettext_lazy("Residents asked for it"),
    "withdrawn": gettext_lazy("Taken off the list"),
    "voted": gettext_lazy("Vote"),
    "planned": gettext_lazy("In the plan (PJM)"),
    "proposed": gettext_lazy("Proposal begun"),
    "examined": gettext_lazy("Passed by the tiers"),
    "contract": gettext_lazy("Contract (SP3)"),
    "paid": gettext_lazy("Paid"),
    "works": gettext_lazy("Works"),
    "asset": gettext_lazy("Handed over to its users"),
}
ASKED_BY = {
    "all": gettext_lazy("the whole meeting"),
    "women": gettext_lazy("the women's session"),
    "poor": gettext_lazy("poor households"),
    "youth": gettext_lazy("youth"),
}
STATES = {
    "done": gettext_lazy("done"),
    "now": gettext_lazy("has begun"),
    "lost": gettext_lazy("waits for another year or vote"),
    "stopped": gettext_lazy("goes no further"),
    "unknown": gettext_lazy("not on record"),
}
TONES = {"done": "good", "now": "river", "lost": "warn", "stopped": "bad"}


def stands(link: Link) -> tuple[str, str]:
    """Where a link stands, in words, and the tone of its badge."""
    said = {
        ("asked", "done"): _("noted"),
        ("withdrawn", "stopped"): _("taken off the list"),
        ("voted", "done"): _("the vote funded it"),
        ("voted", "lost"): _("the vote did not fund it; carried forward"),
        ("voted", "now"): _("on the ballot"),
        ("planned", "done"): _("planned with its year"),
        ("planned", "lost"): _("carried forward in the plan"),
        ("planned", "stopped"): _("on the negative list"),
        ("proposed", "done"): _("proposal begun"),
        ("examined", "done"): _("passed"),
        ("examined", "stopped"): _("refused or taken back"),
        ("examined", "now"): _("with the tiers"),
        ("contract", "done"): _("contract signed"),
        ("paid", "done"): _("paid in full"),
        ("paid", "now"): _("paid in part"),
        ("works", "done"): _("works finished"),
        ("works", "now"): _("works under way"),
        ("asset", "done"): _("handed over to its users"),
    }
    if link.said == "returned":
        return _("returned, to be mended"), "warn"
    return said[link.kind, link.state], TONES[link.state]


def place(key: str) -> str:
    """``01/02`` is RT 02 of RW 01; the empty one is the ward."""
    rw, _slash, rt = key.partition("/")
    return f"RT {rt} RW {rw}" if rt else _("the whole ward")


def asked_by(key: str) -> str:
    """Who chose it."""
    return str(ASKED_BY[key])


def link(kind: str) -> str:
    """A link by its name."""
    return str(LINKS[kind])
