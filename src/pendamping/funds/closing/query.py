"""The one query of the close, as steps that every engine takes in turn.

Source: doors, *The loan book, exactly*. A step is the text of a SELECT under a name; an engine keeps
its result as a table where later steps read it more than once, else as a view.

How the service-first split of bare amounts becomes a set. Let T be what was paid so far and k the
instalments due by the day, S(k), P(k) what is due of each part. Whenever T reaches S(k) + P(k), all
that was paid lies along the order of the instalments, wherever it came from; else service has
min(service before + amount, S(k)). So principal paid only ever rises to::

    g = max(T - S(k), 0)  where T < S(k) + P(k),   else the principal along the order for T

and in the end it is the greatest g of all payments. A loan that is not late at its last payment
needs T alone; only the others look at their payments one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.funds.closing import changed_sql
from pendamping.funds.closing.dialects import DuckDb
from pendamping.funds.closing.schedule_sql import (
    Block,
    due_monthly,
    literal,
    month_numbers,
    month_of,
    months_since,
    reached_day,
    service_of,
)
from pendamping.funds.loans.rules.allocation import Order


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what a first look at the files showed.

    ``reads_repayments``: some loan has no kept totals of the day. ``kept``: some loan has;
    ``overpaid``: with what was paid too much.
    ``split``: how many repayments carry a posted split. ``later``: there are payments that do not
    count on the day. ``unborn``: there are loans that were disbursed after it. ``changed``: there are
    segments or closures; ``keeps``: some new schedule keeps the class of before for a while.
    """

    as_of: date
    order: Order
    reads_repayments: bool = True
    kept: bool = False
    overpaid: bool = True
    split: str = "none"
    reverses: bool = False
    later: bool = True
    unborn: bool = True
    changed: bool = False
    keeps: bool = False

    @property
    def odd(self) -> bool:
        """Whether some loans take the way of :mod:`changed_sql`."""
        return self.changed or (self.split == "some" and self.reads_repayments)

    def counts(self, prefix: str = "") -> str:
        """Whether a repayment counts on the day."""
        found = f"{prefix}paid_on <= {literal(self.as_of)}"
        if self.reverses:
            reversed_on = f"{prefix}reversed_on"
            found += f" AND ({reversed_on} IS NULL OR {reversed_on} > {literal(self.as_of)})"
        return found


@dataclass(frozen=True, slots=True)
class Step:
    """A SELECT under a name; ``kept`` where its result is read more than once."""

    name: str
    text: str
    kept: bool = False


def steps(ask: Question, say: DuckDb) -> Iterator[Step]:
    """Every step up to ``states``: one row for each loan that was paid out by the day."""
    if ask.reads_repayments:
        yield Step("paid", _paid(ask, say), kept=True)
    if ask.odd:
        yield Step("odd", _odd(ask), kept=True)
        yield from (Step(name, text, kept) for name, text, kept in changed_sql.steps(ask, say))
    yield Step("base", _base(ask, say), kept=_looks_closer(ask))
    if _looks_closer(ask):
        yield Step("late_paid", _late_paid(ask, say), kept=True)
    yield Step("plain", _plain(ask, say))
    everything = "SELECT * FROM plain"
    if ask.keeps:
        everything = (
            "SELECT *, CAST(1 AS BIGINT) AS kept_class, CAST(0 AS BIGINT) AS kept_behind FROM plain"
        )
    if ask.odd:
        everything += " UNION ALL SELECT * FROM odd_states"
    yield Step("states", everything)


def _looks_closer(ask: Question) -> bool:
    return ask.reads_repayments and ask.split != "all" and ask.order == "service-first"


def _paid(ask: Question, say: DuckDb) -> str:
    """What was paid on each loan, whatever the loan."""

    def total(what: str) -> str:
        counted = f"CASE WHEN {ask.counts()} THEN {what} END" if ask.later else what
        return say.int64(f"coalesce(sum({counted}), 0)")

    columns = ["loan_id", f"{total('amount')} AS amount", "min(paid_on) AS first_on"]
    if ask.split != "all" and ask.order == "service-first":
        counted = f"CASE WHEN {ask.counts()} THEN paid_on END" if ask.later else "paid_on"
        columns += [f"max({counted}) AS last_on"]
    if ask.split != "none":
        columns += [f"{total('principal')} AS principal", f"{total('service')} AS service"]
    if ask.split == "some":
        columns += [
            f"{total('1')} AS payments",
            f"{total('CASE WHEN principal IS NULL THEN 0 ELSE 1 END')} AS posted",
        ]
    return f"SELECT {', '.join(columns)} FROM repayments GROUP BY loan_id"


def _odd(ask: Question) -> str:
    """Loans whose schedule was changed, or with some splits posted and some not."""
    day = literal(ask.as_of)
    found = []
    if ask.changed:
        found += [
            f"SELECT loan_id FROM segments WHERE from_day <= {day}",
            f"SELECT loan_id FROM closures WHERE on_day <= {day}"
            f" AND (reversed_on IS NULL OR reversed_on > {day})",
        ]
    if ask.split == "some":
        kept = f"(l.totals_on IS NULL OR l.totals_on <> {day})" if ask.kept else "TRUE"
        found.append(
            "SELECT p.loan_id FROM paid p JOIN loans l ON l.loan_id = p.loan_id"
            f" WHERE p.posted BETWEEN 1 AND p.payments - 1 AND {kept}"
        )
    union = " UNION ALL ".join(found)
    return (
        f"SELECT DISTINCT l.loan_id FROM loans l JOIN ({union}) f ON f.loan_id = l.loan_id"
        f" WHERE l.disbursed <= {day}"
    )


def _base(ask: Question, say: DuckDb) -> str:
    """The plain loans: their schedule as numbers, and what was paid in all."""
    born = f"l.disbursed <= {literal(ask.as_of)}" if ask.unborn else "TRUE"
    owed = f"CASE WHEN {born} THEN l.principal ELSE 0 END" if ask.unborn else "l.principal"
    columns = [
        "l.loan_id", "l.ward", "l.group_id", f"{born} AS born", f"{owed} AS pp",
        f"{service_of(say, owed, 'l.')} AS ss",
        f"CAST(CASE WHEN {born} THEN l.instalments ELSE 0 END AS INTEGER) AS n",
        f"CAST({month_of('l.disbursed')} + l.grace_months AS INTEGER) AS m0",
        "CAST(day(l.disbursed) AS INTEGER) AS dd", "l.grace_months", "l.disbursed",
    ]  # fmt: skip
    source = "loans l"
    if ask.kept:
        columns.append(f"coalesce(l.totals_on = {literal(ask.as_of)}, FALSE) AS kept")
        columns += ["l.paid_principal", "l.paid_service"]
        columns.append("l.overpaid" if ask.overpaid else "CAST(0 AS BIGINT) AS overpaid")
    else:
        columns.append("FALSE AS kept")
    if ask.reads_repayments:
        source += " LEFT JOIN paid r ON r.loan_id = l.loan_id"
        columns += ["r.loan_id IS NOT NULL AS matched"]
        columns += ["coalesce(r.first_on < l.disbursed, FALSE) AS early"]
        columns += ["coalesce(r.amount, 0) AS amount", "r.first_on"]
        if ask.split != "all" and ask.order == "service-first":
            columns += ["r.last_on"]
        if ask.split != "none":
            columns += [f"coalesce(r.{part}, 0) AS {part}" for part in ("principal", "service")]
        if ask.split == "some":
            columns += ["coalesce(r.posted, 0) > 0 AS posted"]
    where = ""
    if ask.odd:
        where = " WHERE NOT EXISTS (SELECT 1 FROM odd o WHERE o.loan_id = l.loan_id)"
    return f"SELECT {', '.join(columns)} FROM {source}{where}"


def _with_late(ask: Question, say: DuckDb) -> str:
    """``base`` with the equal parts and with which loans were late at their last payment."""
    block = Block(say)
    inner = f"SELECT *, {block.each} FROM base"
    if not _looks_closer(ask):
        return inner
    last = due_monthly(month_of("last_on"), reached_day("last_on"))
    first = due_monthly(month_of("first_on"), reached_day("first_on"))
    posted = " AND NOT posted" if ask.split == "some" else ""
    due = f"({block.due_principal('k_last')} + {block.due_service('k_last')})"
    return (
        f"SELECT *, (NOT kept{posted} AND last_on IS NOT NULL AND amount < {due}) AS late,"
        f" {block.due_service('k_last')} AS due_service_last, (k_first = k_last) AS one_step"
        f" FROM (SELECT *, {last} AS k_last, {first} AS k_first FROM ({inner}) x{say.fence}) y"
        f"{say.fence}"
    )


def _late_paid(ask: Question, say: DuckDb) -> str:
    """Principal paid on the loans that were late at their last payment and not at one step."""
    block = Block(say)
    k = due_monthly(month_of("paid_on"), reached_day("paid_on"))
    running = say.int64(
        "sum(amount) OVER (PARTITION BY loan_id ORDER BY paid_on"
        " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
    )
    due_p, due_s = block.due_principal("k"), block.due_service("k")
    reached = (
        f"CASE WHEN so_far < {due_p} + {due_s} THEN greatest(so_far - {due_s}, 0)"
        f" ELSE {block.principal_in_order('so_far', block.full('so_far'))} END"
    )
    looked = (
        "SELECT loan_id, pp, ss, n, m0, dd, a, b"
        f" FROM ({_with_late(ask, say)}) z WHERE late AND NOT one_step"
    )
    return (
        f"WITH looked AS ({looked}),"
        f" running AS (SELECT loan_id, paid_on, {running} AS so_far FROM repayments t"
        f"   WHERE {ask.counts()} AND EXISTS"
        "   (SELECT 1 FROM looked z WHERE z.loan_id = t.loan_id)),"
        f" counted AS (SELECT z.*, so_far, {k} AS k"
        "   FROM running t JOIN looked z ON z.loan_id = t.loan_id)"
        f" SELECT loan_id, max({reached}) AS late_principal FROM counted GROUP BY loan_id"
    )


def _split(ask: Question, say: DuckDb) -> str:
    """``base`` with what was paid of each part: ``p``, ``s`` and ``over``."""
    block = Block(say)
    owed = "(pp + ss)"
    if not ask.reads_repayments:
        inner = f"SELECT *, {block.each} FROM base"
        kept = "coalesce(paid_principal, 0) AS p, coalesce(paid_service, 0) AS s"
        return f"SELECT *, {kept}, coalesce(overpaid, 0) AS excess FROM ({inner}) v{say.fence}"
    taken = f"least(amount, {owed})"
    if ask.split == "all":
        principal, total = "principal", "principal + service"
    else:
        principal, total = block.principal_in_order("amount", "filled"), taken
        if _looks_closer(ask):
            principal = (
                f"CASE WHEN NOT late THEN {principal} WHEN one_step THEN"
                " greatest(amount - due_service_last, 0) ELSE late_principal END"
            )
        if ask.split == "some":
            principal = f"CASE WHEN posted THEN principal ELSE {principal} END"
            total = f"CASE WHEN posted THEN principal + service ELSE {total} END"
    over = f"amount - ({total})"
    if ask.kept:
        principal = f"CASE WHEN kept THEN paid_principal ELSE {principal} END"
        total = f"CASE WHEN kept THEN paid_principal + paid_service ELSE {total} END"
        over = f"CASE WHEN kept THEN coalesce(overpaid, 0) ELSE {over} END"
    source = f"({_with_late(ask, say)}) w"
    if _looks_closer(ask):
        source += " LEFT JOIN late_paid q ON q.loan_id = w.loan_id"
    more = ", late_principal" if _looks_closer(ask) else ""
    named = f"SELECT w.*{more}, {block.full('amount')} AS filled FROM {source}{say.fence}"
    renamed = f"SELECT v.*, {principal} AS p, {total} AS t, {over} AS excess FROM ({named}) v"
    return f"SELECT u.*, t - p AS s FROM ({renamed}{say.fence}) u{say.fence}"


def _plain(ask: Question, say: DuckDb) -> str:
    """The state of each plain loan."""
    block = Block(say)
    due = due_monthly(*month_numbers(ask.as_of))
    dues = [f"{due} AS k"] + [
        f"{months_since(*month_numbers(ask.as_of - timedelta(days=back)))} AS {name}"
        for name, back in {"k_before": 1, "k_30": 31, "k_90": 91}.items()
    ]
    checks = "matched, early" if ask.reads_repayments else "FALSE AS matched, FALSE AS early"
    first = (
        f"SELECT loan_id, ward, group_id, born, disbursed, grace_months, pp, ss, n, a, b, p, s, excess,"
        f" {checks}, {', '.join(dues)} FROM ({_split(ask, say)}) c"
        f"{say.fence}"
    )
    filled_p = block.filled_at_once("p", "pp", "a")
    filled_s = block.filled_at_once("s", "ss", "b")
    second = (
        f"SELECT *, CAST(least({filled_p}, {filled_s})"
        " AS INTEGER) AS f,"
        f" {block.due_principal('k')} AS due_p, {block.due_service('k')} AS due_s FROM ({first}) d"
        f"{say.fence}"
    )
    behind = "greatest(k - f, 0)"
    oldest = say.add_months("disbursed", "grace_months + f + 1")
    return (
        "SELECT loan_id, ward, group_id, born, f < n AS active, pp - p AS outstanding,"
        " due_p + due_s AS due, p + s AS paid, excess AS overpaid,"
        " greatest(due_p - p, 0) AS arrears_principal, greatest(due_s - s, 0) AS arrears_service,"
        f" {behind} AS behind, f < n AND k_before >= n AS past_end,"
        f" CASE WHEN f < k THEN {oldest} END AS oldest, f < n AND f < k_30 AS late_30,"
        " f < n AND f < k_90 AS late_90,"
        " matched, early, p > pp OR s > ss OR p < 0 OR s < 0 AS wrong"
        f" FROM ({second}) e{say.fence}"
    )
