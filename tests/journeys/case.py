"""The case on a database of its own: load it, or a part of it as an older version did; tell its facts."""

import hashlib
import json
import sys
from datetime import date


def main(step: str, *more: str) -> dict:
    from pendamping.cli import site

    site.start()
    if step == "older":
        return load_without(more)
    if step == "load":
        return load(int(more[0]) if more else None)
    if step == "book":
        return book(*more)
    return {"journal": journal, "order": order}.get(step, facts)()


def load(first: int | None) -> dict:
    """Load the case; ``first``: only so many steps of it."""
    from pendamping.demo import empang

    empang.STEPS = empang.STEPS[:first]
    return empang.load(progress=lambda _text: None)


def load_without(keys: tuple[str, ...]) -> dict:
    """Load the case of a version that did not have these steps yet."""
    from pendamping.demo import empang

    empang.STEPS = [step for step in empang.STEPS if step.key not in keys]
    return empang.load(progress=lambda _text: None)


def journal() -> dict:
    """The ward's journal for beancount, and what its own books hold in each account that moved."""
    from pendamping.demo.people import WARD
    from pendamping.funds.ledger import queries as books

    both = (books.UPK, books.BOARD)
    rows = [row for one in both for row in books.trial_balance(WARD, date.max, one)]
    moved = {row.account.code: row.debit - row.credit for row in rows if row.account.lines.exists()}
    return {"text": books.beancount(WARD), "balances": moved}


def order() -> dict:
    """What was entered when: entries that came after their month, or their year, was closed, and the like."""
    from pendamping.funds.ledger.models import Entry
    from pendamping.funds.loans.models import CollectionStep, Sheet
    from pendamping.funds.upk.models import MonthClose, YearClose

    months = {(one.month.year, one.month.month): one.closed_on for one in MonthClose.objects.all()}
    years = {one.year: one.closed_on for one in YearClose.objects.all()}

    def closed(on: date) -> date:
        return min(months.get((on.year, on.month), date.max), years.get(on.year, date.max))

    entries = list(Entry.objects.values_list("on", "entered_on", "narration"))
    steps = CollectionStep.objects.values_list("on", "entered_on", "step")
    return {
        "entries": len(entries),
        "months": len(months),
        "years": sorted(years),
        "after_the_close": [one for one in entries if one[1] > closed(one[0])],
        "sheets": sorted(one.code for one in Sheet.objects.all()),
        "steps_late": [one for one in steps if one[1] != one[0]],
    }


def book(package: str, *days: str) -> dict:
    """The ward's package in a file, and what the site says of its loans on these days."""
    from pathlib import Path

    from pendamping.demo.people import WARD
    from pendamping.exchange.queries import export
    from pendamping.funds.loans import queries as loans

    export(WARD, Path(package))
    figures = {day: loans.book(WARD, date.fromisoformat(day)).figures for day in days}
    return {day: found.as_json() for day, found in figures.items()}


# what differs from server to server: passwords are salted, codes of slips are chance and expire in real
# time, and the server's own account was made on the day of its own setting up
OWN = {"access_slip", "access_user", "trail_head", "trail_event"}

# sealed with a nonce of its own each time: compared as it is read
SEALED = {"complaints_step": ("text",), "complaints_told": ("said", "person", "code")}


def facts() -> dict:
    """Rows of every room's tables as hashes, the ward's trail, and the figures of the case."""
    from django.db import connection

    from pendamping.demo.funds import TODAY
    from pendamping.demo.people import WARD
    from pendamping.funds.loans import queries as loans
    from pendamping.households import queries as households
    from pendamping.meetings import queries as meetings
    from pendamping.planning import queries as planning
    from pendamping.trail import queries as trail
    from pendamping.trail.statement_guard import guarded_tables

    rows = {}
    with connection.cursor() as cursor:
        for table in sorted(guarded_tables() - OWN):
            found = sorted(map(repr, as_read(cursor, table)))
            rows[table] = [len(found), hashlib.sha256("\n".join(found).encode()).hexdigest()]
        cursor.execute(
            "SELECT seq, verb, seal FROM trail_event WHERE ward = %s ORDER BY seq", [WARD]
        )
        events = cursor.fetchall()
        cursor.execute("SELECT COUNT(*) FROM access_user")
        users = cursor.fetchone()[0]
    count = households.counts(WARD, TODAY)
    return {
        "rows": rows,
        "events": events,
        "users": users,
        "broken": [reason.say() for reason in trail.check_all()],
        "households": count.households,
        "poor": count.poor,
        "last_due": sorted(
            {str(loans.card_of(one, TODAY).rows[-1].row.due) for one in loans.loans(WARD)}
        ),
        "boards": [
            (one.attended, one.attended_women, one.attended_poor)
            for one in meetings.meetings(WARD, kind="board", with_names=True)
        ],
        "funded": sorted(
            one.need.title for one in planning.needs(WARD, "physical") if one.status == "funded"
        ),
        "dossiers": proposed(),
        **contracts(WARD),
        "waiting": [one.need.title for one in planning.needs(WARD) if one.status == "carried"],
        "instalments": sorted({len(loans.card_of(one, TODAY).rows) for one in loans.loans(WARD)}),
    }


def as_read(cursor, table: str) -> list[tuple]:
    """The rows of a table; what is sealed there is opened."""
    from pendamping.complaints import secrecy

    cursor.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        for name in SEALED.get(table, ()):
            part = "step" if name == "text" else name
            row[name] = secrecy.reveal(row["complaint_id"], part, row[name])
    return [tuple(row.values()) for row in rows]


def contracts(ward: str) -> dict[str, list[str]]:
    """Works that no proposal asked for, and those for which more is paid and asked than their contract says."""
    from pendamping.funds.grants import queries as grants
    from pendamping.verification.models import Dossier

    asked = {
        one.parties[0]["name"]: one.amount
        for one in Dossier.objects.filter(kind="tranche", ref__startswith="case.", state="open")
    }
    known = grants.grants(ward)
    return {
        "unproposed": [one.title for one in known if not one.proposal],
        "paid_twice": [
            one.title
            for one in known
            if one.value < grants.money_of(one).paid + asked.get(one.group.name, 0)
        ],
    }


def proposed() -> list[str]:
    """What every dossier of a proposal is about."""
    from pendamping.verification.models import Dossier

    return sorted(Dossier.objects.filter(kind="proposal").values_list("summary", flat=True))


if __name__ == "__main__":
    json.dump(main(*sys.argv[1:]), sys.stdout, default=str)
