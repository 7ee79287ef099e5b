"""What stands on the desk of a ward: composed of what the rooms below can be asked.

Every function reads each room a fixed number of times, however many loans or groups there are.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language

from pendamping.access import queries as access
from pendamping.desk import board, fund, grant, handing, posters, remedies, stages, watching
from pendamping.desk.rules import WEEK, Task, in_order, later
from pendamping.funds.ledger import queries as ledger
from pendamping.funds.loans import queries as loans
from pendamping.funds.savings import queries as savings
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.share import Share
from pendamping.meetings import queries as meetings
from pendamping.targeting import queries as targeting
from pendamping.trail import queries as trail

RECEIPTS = 5
TERM_DAYS = 60  # a term that ends is said in time to give the role again
RATIFIED = 6  # of targeting.step
MOVES = ("desk.move_practice_date", "territory.set_practice_date")

May = Callable[[str], bool]
"""Whether the reader holds a permission in the ward."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A ward's desk on a day; a figure is ``None`` where its reader may not see it.

    ``coming``: the reader's next ones after this week. ``others``: what waits in other hands, due by
    the end of the week. ``by_rw``: ``(rw, households, poor)``. ``cash``: whole rupiah. ``book``: the loan book.
    ``came``: who took part in meetings. ``receipts``: the latest instalments, for who takes them.
    """

    on: date
    tasks: list[Task]
    coming: list[Task]
    others: list[Task]
    by_rw: list[tuple[str, int, int]] | None
    groups: int | None
    book: loans.Book | None
    cash: int | None
    came: meetings.Participation | None
    receipts: list[Any]

    @property
    def households(self) -> int:
        """Households of the ward."""
        return sum(each[1] for each in self.by_rw or [])

    @property
    def poor(self) -> Share:
        """Poor households out of all."""
        return Share(sum(each[2] for each in self.by_rw or []), self.households)


def desk(ward: str, on: date, may: May, own: Iterable[Task] = ()) -> Desk:
    """Everything on the desk: the tasks that the reader may do, the figures that they may see.

    ``own``: tasks that hang on who the reader is, not only on what they may do.
    """
    by_rw = households.by_rw(ward, on) if may("targeting.read") else None
    book = loans.book(ward, on) if may("loans.read") else None
    groups = institutions.groups(ward) if may("institutions.read") else None
    asking = watching.asking(may)
    found = [
        *own,
        *_books(ward, on, may),
        *(_instalments(ward, book, asking) if book else ()),
        *(_collection(ward, book, may) if book else ()),
        *_waiting_loans(ward, on, asking),
        *fund.tasks(ward, on, asking),
        *grant.tasks(ward, on, asking),
        *board.tasks(ward, on, may),
        *_targeting(ward, on, may, by_rw),
        *_criteria(ward, on, may),
        *_poor_list(ward, on, asking),
        *_first_group(ward, on, may, groups),
        *_meetings(ward, on, asking),
        *_census(ward, on, may, by_rw),
        *(_preparations(ward, on, groups, book, may) if groups and book else ()),
        *stages.tasks(ward, on, may),
        *posters.tasks(ward, on, may),
        *remedies.tasks(ward, on, may),
        *handing.tasks(ward, on, may),
        *_gone(ward, on, may),
        *_people(ward, may),
    ]
    cash = ledger.balance(ward, "cash", on) if may("ledger.read") else None
    number = None if groups is None else len(groups)
    came = meetings.participation(ward, on) if may("meetings.read") else None
    receipts = _receipts(book) if book and may("loans.record_repayment") else []
    mine, others = watching.apart(found, may)
    return Desk(
        on, in_order(mine, on), later(mine, on), in_order(others, on), by_rw, number, book, cash, came,
        receipts,
    )  # fmt: skip


def _receipts(book: loans.Book) -> list[Any]:
    """The latest instalments that stand, the last one taken first."""
    taken = [
        one
        for row in book.rows
        for one in row.loan.repayments.all()
        if one.paid_on <= book.on and one.reversed_on is None
    ]
    return sorted(taken, key=lambda one: (one.paid_on, one.year, one.number), reverse=True)[
        :RECEIPTS
    ]


def _books(ward: str, on: date, may: May) -> Iterator[Task]:
    if may("ledger.open_books") and not ledger.accounts(ward) and fund.old_book(ward) is None:
        yield Task("open_books", on, "ledger:journal")


def _instalments(ward: str, book: loans.Book, may: May) -> Iterator[Task]:
    if not may("loans.record_repayment"):
        return
    coming = loans.states(ward, book.on + timedelta(days=WEEK))
    for row in book.rows:
        state = coming.get(row.loan.id)
        if state is None or state.oldest_unpaid_due is None:
            continue
        behind = state.oldest_unpaid_due < book.on
        owed = row.state if behind else state
        amount = owed.late + owed.due_today
        values = {
            "group": row.loan.group_name,
            "code": row.loan.code,
            "sum": owed.late if behind else amount,
            "count": owed.late_count if behind else owed.instalments_behind,
            "today": owed.due_today,
        }
        kind = "behind" if behind else "instalment"
        parts = {"loan": row.loan.id}
        yield Task(kind, state.oldest_unpaid_due, "loans:repay", parts, values, amount)


def _collection(ward: str, book: loans.Book, may: May) -> Iterator[Task]:
    """Steps of the ladder that are due for groups that are behind."""
    if not may("loans.record_collection_step"):
        return
    for one in loans.collection_of(ward, book.on, book):
        if one.next and one.due(book.on):
            values = {
                "group": one.loan.group_name,
                "code": one.loan.code,
                "step": one.next.step.name,
                "count": one.state.days_past_due,
            }
            parts = {"loan": one.loan.id}
            yield Task(
                "collect", one.next.due_on, "loans:collection_loan", parts, values, one.state.late
            )


def _waiting_loans(ward: str, on: date, may: May) -> Iterator[Task]:
    """Loans to decide on, to have signed, to pay out; none to pay out while the fund may not lend."""
    pays, signs = may("loans.disburse"), may("loans.record_consents")
    approved = loans.loans(ward, "approved") if pays or signs else []
    unsigned = loans.unsigned(ward, on) if approved else set()
    lends = bool(approved) and pays and fund.lends(ward, on)
    for one in approved:
        if one.id in unsigned and signs:
            yield _loan_task("sign_loan", "loans:sign", one)
        elif one.id not in unsigned and lends:
            yield _loan_task("pay_out", "loans:loan", one)
    for one in loans.loans(ward, "applied") if may("loans.approve") else ():
        yield _loan_task("decide_loan", "loans:loan", one)


def _loan_task(kind: str, page: str, one: Any) -> Task:
    values = {"group": one.group_name, "code": one.code, "sum": one.principal}
    due = one.decided_on or one.applied_on
    return Task(kind, due, page, {"loan": one.id}, values, one.principal)


def _targeting(
    ward: str, on: date, may: May, by_rw: list[tuple[str, int, int]] | None
) -> Iterator[Task]:
    """The steps before a poor list: designate the ward, set criteria, draft the list."""
    steps = {
        1: ("targeting.designate_ward", "designate", "targeting:designate"),
        2: ("targeting.set_criteria", "criteria", "targeting:criteria"),
        3: ("targeting.draft_list", "draft_list", "targeting:draft"),
    }
    if not by_rw or not any(may(permission) for permission, _kind, _page in steps.values()):
        return
    permission, kind, page = steps.get(targeting.step(ward), ("", "", ""))
    if kind == "draft_list" and targeting.current_list(ward) is not None:
        return
    if permission and may(permission):
        yield Task(kind, on, page)


def _criteria(ward: str, on: date, may: May) -> Iterator[Task]:
    """Written signs of poverty that no meeting has ratified yet, for who may."""
    latest = targeting.criteria_version(ward) if may("targeting.ratify_criteria") else None
    if latest is not None and latest.status != "ratified":
        # no text of the guideline sets a day for this: it waits, it is never late
        yield Task("ratify_criteria", on, "targeting:home")


def _poor_list(ward: str, on: date, may: May) -> Iterator[Task]:
    wanted = ("targeting.settle_objection", "targeting.ratify_list", "targeting.post_list")
    latest = targeting.current_list(ward) if any(may(each) for each in wanted) else None
    if latest is None or latest.status not in ("draft", "posted"):
        return
    page, values = "targeting:list", {"number": latest.number}
    parts = {"poor_list": latest.id}
    yield from _leaving(latest, on, may)
    if latest.status == "draft":
        if may("targeting.post_list"):
            yield Task("post_list", on, page, parts, values)  # a draft has no term
        return
    waiting = targeting.state(latest).open_objections
    due = latest.objections_until or latest.posted_on or on
    if waiting and may("targeting.settle_objection"):
        yield Task("objections", due, page, parts, {**values, "count": waiting}, waiting)
    elif not waiting and may("targeting.ratify_list"):
        yield Task("ratify_list", due + timedelta(days=1), page, parts, values)  # not before


def _leaving(latest: Any, on: date, may: May) -> Iterator[Task]:
    """Borrowers and members of groups whom an open list leaves out, for who may still change it."""
    changes = {"draft": "targeting.change_list", "posted": "targeting.object_to_list"}
    if may(changes[latest.status]) and (ties := targeting.leaving(latest)):
        count = len({one.person for one in ties})
        values = {"number": latest.number, "count": count}
        parts = {"poor_list": latest.id}
        due = latest.objections_until or on
        yield Task("borrowers_leave", due, "targeting:list", parts, values, count)


def _first_group(ward: str, on: date, may: May, groups: list[Any] | None) -> Iterator[Task]:
    """What comes after a poor list: the first group of its households."""
    if groups == [] and may("institutions.form_group") and targeting.step(ward) == RATIFIED:
        yield Task("form_group", on, "institutions:choose")


def _meetings(ward: str, on: date, may: May) -> Iterator[Task]:
    takes, signs = may("meetings.take_roll"), may("meetings.sign_minutes")
    for one in meetings.meetings(ward, status=("called", "held")) if takes or signs else ():
        values = {"day": one.held_on, "place": one.place}
        parts = {"meeting": one.id}
        if one.status == "called" and takes and one.held_on > on:
            yield Task("meeting", one.held_on, "meetings:meeting", parts, values)
        elif one.status == "called" and takes:
            yield Task("roll", one.held_on, "meetings:roll", parts, values)
        elif one.status == "held" and signs and one.quorum_rule.get("minutes_required", True):
            yield Task("minutes", one.held_on, "meetings:meeting", parts, values)


def _census(
    ward: str, on: date, may: May, by_rw: list[tuple[str, int, int]] | None
) -> Iterator[Task]:
    staged = households.files_to_settle(ward) if may("households.confirm_import") else []
    for one in staged:
        values = {"file": one.filename, "count": one.households}
        parts = {"upload": one.id}
        yield Task("upload", on, "households:findings", parts, values, one.households)
    if by_rw == [] and not staged and may("households.stage_upload"):
        yield Task("census", on, "households:upload")


def _preparations(
    ward: str, on: date, groups: list[Any], book: loans.Book, may: May
) -> Iterator[Task]:
    """Groups without a loan that lack trainings, books of their own, or any saving."""
    trains, saves = may("institutions.record_step"), may("savings.record_deposit")
    if not (trains or saves):
        return
    borrowed = {row.loan.group_id for row in book.rows}
    new = [one for one in groups if one.id not in borrowed]
    terms = guidelines.section("loans", ward, on)
    needed = {*terms.get("required_trainings", ())}
    names = guidelines.section("training_modules", ward, on)
    done: dict[str, set[str]] = {}
    for step in institutions.dump(ward)["group_steps"] if trains and new else ():
        done.setdefault(step["group"], set()).add(step["module"] or step["kind"])
    saved = savings.balances(ward, on) if saves and new else {}
    for one in new:
        had = done.get(one.id, set())
        lacking = len(needed - had)
        books = bool(terms.get("books_required", True)) and "books" not in had
        missing = [_named(names.get(key), key) for key in sorted(needed - had)]
        values = {"group": one.name, "names": ", ".join(missing), "books": books}
        if trains and (lacking or books):
            yield Task("prepare", on, "institutions:group", {"group": one.id}, values, lacking)
        if saves and not saved.get(one.id):
            yield Task("saving", on, "savings:card", {"group": one.id}, values)


def _named(module: Any, key: str) -> str:
    """A training's name in the reader's language; its key where the guideline does not know it."""
    lang = "en" if get_language() == "en" else "id"
    return str(module["name"][lang]) if module else key


def _gone(ward: str, on: date, may: May) -> Iterator[Task]:
    """Members of groups who have died or moved, and still stand there as members."""
    for group, name, how in (
        institutions.gone_members(ward, on) if may("institutions.release_member") else ()
    ):
        values = {"name": name if may("households.read") else "–", "group": group.name, "how": how}
        yield Task("member_gone", on, "institutions:group", {"group": group.id}, values)


def _people(ward: str, may: May) -> Iterator[Task]:
    """Terms that end and slips that nobody has used, before it is too late."""
    if not may("access.give_role"):
        return
    for given in access.ending(ward, TERM_DAYS):
        if given.until:
            yield Task("term", given.until, "access:people", {}, {"name": given.user.name})
    for slip in access.waiting_slips(ward):
        expires = slip.expires_at.astimezone(clock.JAKARTA).date()
        yield Task("slip", expires, "access:people", {}, {"name": slip.user.name})


def last_entry(ward: str) -> date | None:
    """The last day on which something was entered in the ward; moves of its date do not count."""
    return trail.last_entry(ward, but=MOVES)
