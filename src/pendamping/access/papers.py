"""The slip on paper: half a sheet that is handed over by hand."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.access.models import Slip
from pendamping.access.slips import LENGTH
from pendamping.kernel.refusal import N_

FOLDER = Path(__file__).parent / "papers"


LOST_PHONE = N_(
    "Login no longer asks for the code from the lost phone. Set up a new one under Security."
)
PRACTICE = N_("PRACTICE")
REAL_DAYS = N_("by the calendar, not by the practice date")
PRACTICE_ONLY = N_("practising only: nothing in it is real")


def slip_pdf(
    slip: Slip,
    code: str,
    address: str,
    duties: Sequence[tuple[str, str]] = (),
    *,
    login: str,
    ask: str,
    practice: bool = False,
) -> bytes:
    """The slip of a person as PDF (A5): user name, roles with their place, code, address, how to
    use it. ``login``: where one logs in afterwards. ``ask``: who printed it and is asked for help.
    ``practice``: for a login that holds in a practice ward only; the slip says so.
    """
    data = {
        "title": _("Slip for a password"),
        "ward": f"Pendamping · {_(PRACTICE)}" if practice else "Pendamping",
        "note": _("For %(name)s only") % {"name": slip.user.name},
        "qr": paper.qr_svg(address),
        "facts": [
            *([[_("For"), _(PRACTICE_ONLY)]] if practice else []),
            [_("Name"), slip.user.name],
            [_("User name"), slip.user.username],
            *([_("Role"), f"{role}, {place}"] for role, place in duties),
            [_("Open this address"), address],
            [_("Valid until"), _valid_until(slip, practice)],
            [_("For help ask"), ask],
        ],
        "code_label": _("Code, good for one time"),
        "code": spaced(code),
        "steps_title": _("How to use this slip"),
        "steps": [
            _("Open the address above, or take a picture of the square with your phone."),
            _("Type the code. Then think of a password of at least ten letters and type it twice."),
            _(
                "Log in with your user name and the new password at %(login)s. The slip can be thrown away."
            )
            % {"login": login},
            *([_(LOST_PHONE)] if slip.ends_second_step else []),
        ],
        "warning": _(
            "Nobody will ever ask you for this code or your password. Lost, or no longer valid: "
            "%(ask)s prints a new slip; the old one then no longer works."
        )
        % {"ask": ask},
    }
    return paper.render(FOLDER / "slip.typ", data, lang=get_language() or "id")


def _valid_until(slip: Slip, practice: bool) -> str:
    day = date_format(localtime(slip.expires_at), "l, j F Y, H.i")
    return f"{day} ({_(REAL_DAYS)})" if practice else day


def spaced(code: str) -> str:
    """The code as typed or printed, in its groups.

    >>> spaced("k7qm2xtb9hrdwc4e")
    'K7QM-2XTB-9HRD-WC4E'
    """
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return "-".join(plain[start : start + LENGTH] for start in range(0, len(plain), LENGTH))
