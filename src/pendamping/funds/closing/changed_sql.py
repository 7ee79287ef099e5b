"""Loans that are not plain: rescheduled, weekly, declining, settled, written off, or with some splits
posted and some not.

Source: doors, ``segments`` and ``closures``; :mod:`pendamping.funds.loans.rules.plan`, whose meaning
this follows. A loan runs through *eras*: the schedule that it began with, then one for each day from
which segments replace what was unpaid. An era is one block or several (segments of the same day
follow each other). Settling takes service from the end of the last era, so the service that is due
is capped; writing off takes the loan out of the book.

Payments of an era are taken in order. Each is held against ``line``: the principal that would be
paid if all that was paid so far lay along the order of allocation for its day. A bare amount moves
principal paid towards that line as far as it can, a posted split by what it says, so what is carried
from payment to payment is one number.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pendamping.funds.closing import kept_sql
from pendamping.funds.closing.dialects import DuckDb
from pendamping.funds.closing.schedule_sql import Block, literal, month_of, reached_day, service_of

if TYPE_CHECKING:
    from pendamping.funds.closing.query import Question


def steps(ask: "Question", say: DuckDb) -> Iterator[tuple[str, str, bool]]:
    """(name, SELECT, read more than once) of each step, up to ``odd_states``."""
    yield "odd_eras", _eras(ask), True
    yield "odd_blocks", _blocks(ask, say), True
    yield "odd_closed", _closed(ask), True
    yield "odd_sums", _sums(say), True
    yield "odd_payments", _payments(ask, say), True
    yield "odd_lines", _lines(ask, say), True
    yield "odd_paid", _paid(say), True
    yield "odd_at", _at(say, literal(ask.as_of), "x.ends_on IS NULL"), True
    if ask.keeps:
        eve = say.add_days("x.ends_on", "-1")
        yield "odd_before", _at(say, eve, "x.ends_on IS NOT NULL"), False
        yield "odd_kept", kept_sql.kept(), False
    yield "odd_states", _states(ask, say), False


def _eras(ask: "Question") -> str:
    """Each schedule of a loan with its first day and the first day of the next."""
    starts = (
        "SELECT l.loan_id, l.disbursed AS start_on, 0 AS segment"
        " FROM loans l JOIN odd o ON o.loan_id = l.loan_id"
    )
    if ask.changed:
        starts += (
            " UNION ALL SELECT DISTINCT s.loan_id, s.from_day AS start_on, 1 AS segment"
            " FROM segments s JOIN odd o ON o.loan_id = s.loan_id"
            f" WHERE s.from_day <= {literal(ask.as_of)}"
        )
    window = "OVER (PARTITION BY loan_id ORDER BY start_on, segment)"
    return (
        f"SELECT loan_id, start_on, segment, row_number() {window} AS era,"
        f" lead(start_on) {window} AS ends_on FROM ({starts}) x"
    )


def _blocks(ask: "Question", say: DuckDb) -> str:
    """The blocks of every era, with what stands before each: ``p0``, ``s0``, ``n0``."""
    found = (
        "SELECT e.loan_id, e.era, l.disbursed AS anchor, CAST(l.grace_months AS BIGINT) + 1 AS ahead,"
        " CAST(1 AS BIGINT) AS months, CAST(0 AS BIGINT) AS days,"
        " CAST(l.instalments AS BIGINT) AS n, l.principal AS pp,"
        f" {service_of(say, 'l.principal', 'l.')} AS ss"
        " FROM odd_eras e JOIN loans l ON l.loan_id = e.loan_id WHERE e.segment = 0"
    )
    if ask.changed:
        found += (
            " UNION ALL SELECT e.loan_id, e.era, s.first_due AS anchor, CAST(0 AS BIGINT) AS ahead,"
            " s.step_months AS months, s.step_days AS days,"
            " CAST(s.instalments AS BIGINT) AS n, s.principal AS pp, s.service AS ss"
            " FROM odd_eras e JOIN segments s ON s.loan_id = e.loan_id"
            " AND s.from_day = e.start_on WHERE e.segment = 1"
        )
    before = "OVER (PARTITION BY loan_id, era ORDER BY anchor ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    sums = ", ".join(
        say.int64(f"coalesce(sum({what}) {before}, 0)") + f" AS {name}"
        for name, what in (("p0", "pp"), ("s0", "ss"), ("n0", "n"))
    )
    return f"SELECT *, {Block(say).each}, {sums} FROM ({found}) x"


def _closed(ask: "Question") -> str:
    """What closures say of a loan by the day: service no longer owed, the day and the principal of its
    writing off (null where the file does not say), the day and the principal of its settling.
    """
    if not ask.changed:
        return (
            "SELECT loan_id, CAST(0 AS BIGINT) AS waived, CAST(NULL AS DATE) AS gone_on,"
            " CAST(NULL AS BIGINT) AS gone_principal, CAST(NULL AS DATE) AS settled_on,"
            " CAST(0 AS BIGINT) AS settled_principal FROM odd WHERE FALSE"
        )
    day = literal(ask.as_of)
    return (
        "SELECT loan_id, max(CASE WHEN closing = 'settled' THEN service ELSE 0 END) AS waived,"
        " min(CASE WHEN closing = 'written-off' THEN on_day END) AS gone_on,"
        " max(CASE WHEN closing = 'written-off' AND principal > 0 THEN principal END) AS gone_principal,"
        " min(CASE WHEN closing = 'settled' THEN on_day END) AS settled_on,"
        " max(CASE WHEN closing = 'settled' THEN principal ELSE 0 END) AS settled_principal"
        " FROM closures"
        f" WHERE on_day <= {day} AND (reversed_on IS NULL OR reversed_on > {day}) GROUP BY loan_id"
    )


def _sums(say: DuckDb) -> str:
    """What each era asks for in all; ``s_all`` is the service that is left to owe, ``s_full`` that of before."""
    left = "greatest(b.ss - CASE WHEN e.ends_on IS NULL THEN coalesce(c.waived, 0) ELSE 0 END, 0)"
    sums = (
        f"SELECT loan_id, era, {say.int64('sum(pp)')} AS pp, {say.int64('sum(ss)')} AS ss,"
        f" {say.int64('sum(n)')} AS n FROM odd_blocks GROUP BY loan_id, era"
    )
    return (
        f"SELECT e.loan_id, e.era, e.segment, e.start_on, e.ends_on, b.pp AS p_all, {left} AS s_all,"
        " b.ss AS s_full, b.n AS n_all, c.gone_on, c.gone_principal, c.settled_on,"
        " coalesce(c.waived, 0) AS waived, coalesce(c.settled_principal, 0) AS settled_principal FROM odd_eras e"
        f" JOIN ({sums}) b ON b.loan_id = e.loan_id AND b.era = e.era"
        " LEFT JOIN odd_closed c ON c.loan_id = e.loan_id"
    )


def _payments(ask: "Question", say: DuckDb) -> str:
    """The payments that count, in their eras and in order, with what was paid so far."""
    split = ask.split != "none"
    principal = "t.principal" if split else "CAST(NULL AS BIGINT)"
    taken = "CASE WHEN t.principal IS NULL THEN t.amount ELSE t.principal + t.service END"
    taken = taken if split else "t.amount"
    # what was paid before a loan was settled keeps its split: paid service is not made into principal
    s_all = "CASE WHEN t.paid_on < e.settled_on THEN e.s_full ELSE e.s_all END"
    rows = (
        f"SELECT e.loan_id, e.era, e.p_all, {s_all} AS s_all, t.paid_on, t.place, t.amount,"
        " CASE WHEN t.paid_on < e.settled_on THEN 1 ELSE 0 END AS early,"
        f" {principal} AS posted, {taken} AS taken FROM odd_sums e"
        " JOIN repayments t ON t.loan_id = e.loan_id AND t.paid_on >= e.start_on"
        " AND (e.ends_on IS NULL OR t.paid_on < e.ends_on)"
        f" WHERE {ask.counts('t.')} AND (e.gone_on IS NULL OR t.paid_on < e.gone_on)"
    )
    window = "OVER (PARTITION BY loan_id, era ORDER BY paid_on, place)"
    up_to = window.replace(")", " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)")
    return (
        f"SELECT *, row_number() {window} AS turn, {say.int64('sum(taken) ' + up_to)} AS wanted"
        f" FROM ({rows}) x"
    )


def total(say: DuckDb, what: str) -> str:
    """A sum as a 64-bit integer."""
    return say.int64(f"sum({what})")


def due_in_block(say: DuckDb, day: str) -> str:
    """How many instalments of a block are due by a day."""
    month, first = month_of(day), month_of("anchor")
    gone = f"({month} - {first} - ahead - CASE WHEN day(anchor) > {reached_day(day)} THEN 1 ELSE 0 END)"
    by_month = say.div(f"greatest({gone}, 0)", "greatest(months, 1)")
    elapsed = say.days_between("anchor", day)
    by_days = say.div(f"greatest({elapsed}, 0)", "greatest(days, 1)")
    return (
        f"CAST(CASE WHEN months > 0 AND {gone} >= 0 THEN least({by_month} + 1, n)"
        f" WHEN months = 0 AND {elapsed} >= 0 THEN least({by_days} + 1, n) ELSE 0 END AS BIGINT)"
    )


def _lines(ask: "Question", say: DuckDb) -> str:
    """For each payment: what was paid so far (``so_far``) and the principal ``line`` for it."""
    block = Block(say)
    so_far = "least(wanted, p_all + s_all)"
    inside = (
        f"SELECT y.*, b.pp, b.ss, b.n, b.a, b.b, b.p0, b.s0, {so_far} AS so_far,"
        f" {due_in_block(say, 'y.paid_on')} AS k FROM odd_payments y"
        " JOIN odd_blocks b ON b.loan_id = y.loan_id AND b.era = y.era"
    )
    in_block = "least(greatest(so_far - p0 - s0, 0), pp + ss)"
    keys = "loan_id, era, turn, early, amount, posted, wanted, p_all, s_all, so_far"
    sums = (
        f"SELECT {keys}, {total(say, block.due_principal('k'))} AS due_p,"
        f" {total(say, block.due_service('k'))} AS due_all_s,"
        f" {total(say, block.principal_in_order('in_block', 'filled'))} AS along"
        f" FROM (SELECT *, {block.full('in_block')} AS filled"
        f" FROM (SELECT *, {in_block} AS in_block FROM ({inside}) v) w) x GROUP BY {keys}"
    )
    capped = "greatest(along, so_far - s_all)"
    line = capped
    if ask.order == "service-first":
        due_s = "least(due_all_s, s_all)"
        line = (
            f"CASE WHEN so_far <= {due_s} THEN 0 WHEN so_far <= {due_s} + due_p"
            f" THEN so_far - {due_s} ELSE {capped} END"
        )
    before = "coalesce(lag(so_far) OVER (PARTITION BY loan_id, era ORDER BY turn), 0)"
    return f"SELECT *, {line} AS line, so_far - {before} AS step FROM ({sums}) u"


def _paid(say: DuckDb) -> str:
    """What was paid of each part in each era, ``p_early`` before it was settled; ``wrong`` where a posted
    split does not fit.
    """
    rows = say.in_order(
        {
            "turn": "turn", "line": "line", "low": "coalesce(posted, 0)",
            "high": "coalesce(posted, step)", "p_all": "p_all", "s_all": "s_all",
            "so_far": "so_far", "early": "early",
            "over": "CASE WHEN posted IS NOT NULL AND wanted > p_all + s_all AND wanted > so_far"
            " AND step_wanted > 0 THEN 1 ELSE 0 END",
        }
    )  # fmt: skip
    moved = "(c.p + least(greatest(r.low, r.line - c.p), r.high))"
    fits = f"{moved} <= r.p_all AND r.so_far - {moved} <= r.s_all AND r.over = 0"
    zero = "CAST(0 AS BIGINT)"
    start = {"p": zero, "p_early": zero, "wrong": "CAST(0 AS INTEGER)"}
    step = {
        "p": moved,
        "p_early": f"CASE WHEN r.early = 1 THEN {moved} ELSE c.p_early END",
        "wrong": f"CASE WHEN {fits} THEN c.wrong ELSE 1 END",
    }
    lists = (
        f"SELECT loan_id, era, {say.int64('sum(amount)')} AS amount, max(so_far) AS so_far,"
        f" {say.fold(rows, start, step)} AS done FROM (SELECT *, wanted - coalesce(lag(wanted)"
        " OVER (PARTITION BY loan_id, era ORDER BY turn), 0) AS step_wanted FROM odd_lines) x"
        " GROUP BY loan_id, era"
    )
    p, wrong = "coalesce(d.done.p, 0)", "coalesce(d.done.wrong, 0) > 0"
    so_far, amount = "coalesce(d.so_far, 0)", "coalesce(d.amount, 0)"
    return (
        f"SELECT e.*, {p} AS p, coalesce(d.done.p_early, 0) AS p_early, {so_far} - {p} AS s, {amount} - {so_far} AS excess, {wrong} AS wrong"
        f" FROM odd_sums e LEFT JOIN ({lists}) d ON d.loan_id = e.loan_id AND d.era = e.era"
    )


def _at(say: DuckDb, day: str, which: str) -> str:
    """The blocks of some eras at a day: ``k`` instalments due, ``fp`` and ``fs`` filled.

    ``owing``: how many ask for service, where settling took some from the end.
    """
    block = Block(say, ss="whole_s")
    k = due_in_block(say, day)
    inside = (
        "SELECT b.*, x.p_all, x.s_all, x.p, x.s,"
        " least(greatest(x.p - b.p0, 0), b.pp) AS here_p,"
        " least(greatest(x.s_all - b.s0, 0), b.ss) AS whole_s,"
        " least(greatest(x.s - b.s0, 0), b.ss) AS here_s,"
        f" {k} AS k, {day} AS on_day FROM odd_paid x JOIN odd_blocks b ON b.loan_id = x.loan_id AND b.era = x.era"
        f" WHERE {which}"
    )
    owing = say.div("whole_s + b - 1", "CASE WHEN b = 0 THEN 1 ELSE b END")
    return (
        f"SELECT *, {block.filled('here_p', 'pp', 'a')} AS fp,"
        f" {block.filled('here_s', 'whole_s', 'b')} AS fs,"
        f" CASE WHEN b = 0 THEN n ELSE least({owing}, n) END AS owing,"
        f" {_due(say, 'n - 1')} AS last_due FROM ({inside}) v"
    )


def _due(say: DuckDb, index: str) -> str:
    """When an instalment of a block falls due, counted from 0."""
    by_month = say.add_months("anchor", f"ahead + months * ({index})")
    by_days = say.add_days("anchor", f"days * ({index})")
    return f"CASE WHEN months > 0 THEN {by_month} ELSE {by_days} END"


def _misfit() -> str:
    """What is true of an era whose changes do not fit what was owed."""
    # new instalments, or a writing off, of more or less principal than was owed
    makes = "next_p <> p_all - p OR (start_on <= gone_on AND coalesce(ends_on > gone_on, TRUE) AND gone_principal <> p_all - p)"
    # what settles takes away more than was owed; new instalments of a closed loan, or with service past any rate
    waives = "ends_on IS NULL AND (waived > s_full OR settled_principal > p_all - p_early)"
    late = "segment = 1 AND (start_on >= gone_on OR start_on >= settled_on)"
    dear = "next_s > s_all - s + CAST(next_p AS DOUBLE) * next_n"
    return f"({makes}) OR ({waives}) OR ({late}) OR ({dear})"


def _states(ask: "Question", say: DuckDb) -> str:
    """The state of each loan, in the columns of ``plain``."""
    block = Block(say)
    day = literal(ask.as_of)
    filled = "least(fp, fs)"
    oldest = f"min(CASE WHEN {filled} < k THEN {_due(say, filled)} END)"
    now = (
        f"SELECT loan_id, {total(say, block.due_principal('k'))} AS due_p,"
        f" least({total(say, block.due_service('k'))}, max(s_all)) AS due_s,"
        f" {total(say, kept_sql.BEHIND)} AS behind,"
        f" {oldest} AS oldest, max(last_due) AS last_due, max(p_all) AS p_all, max(s_all) AS s_all,"
        " max(p) AS p, max(s) AS s FROM odd_at GROUP BY loan_id"
    )
    next_p = ", ".join(
        f"lead({what}) OVER (PARTITION BY loan_id ORDER BY era) AS {name}"
        for name, what in (("next_p", "p_all"), ("next_s", "s_full"), ("next_n", "n_all"))
    )
    eras = (
        f"SELECT loan_id, {say.int64('sum(p + s)')} AS paid, {say.int64('sum(excess)')} AS overpaid,"
        f" max(CASE WHEN wrong OR p > p_all OR s > s_all OR {_misfit()} THEN 1 ELSE 0 END) AS wrong,"
        " max(CASE WHEN ends_on IS NULL THEN 0 ELSE 1 END) AS earlier,"
        f" {say.int64('sum(CASE WHEN ends_on IS NULL THEN 0 ELSE p + s END)')} AS earlier_paid,"
        " max(CASE WHEN gone_on IS NULL THEN 0 ELSE 1 END) AS gone"
        f" FROM (SELECT *, {next_p} FROM odd_paid) y GROUP BY loan_id"
    )
    stands = "(e.gone = 0 AND (x.p < x.p_all OR x.s < x.s_all))"
    late = say.days_between("x.oldest", day)
    kept = ", q.kept_class, q.kept_behind" if ask.keeps else ""
    joined = " JOIN odd_kept q ON q.loan_id = l.loan_id" if ask.keeps else ""
    return (
        f"SELECT l.loan_id, l.ward, l.group_id, TRUE AS born, {stands} AS active,"
        f" CASE WHEN {stands} THEN x.p_all - x.p ELSE 0 END AS outstanding,"
        " x.due_p + x.due_s + e.earlier_paid AS due, e.paid, e.overpaid,"
        f" CASE WHEN {stands} THEN greatest(x.due_p - x.p, 0) ELSE 0 END AS arrears_principal,"
        f" CASE WHEN {stands} THEN greatest(x.due_s - x.s, 0) ELSE 0 END AS arrears_service,"
        f" CASE WHEN {stands} THEN x.behind ELSE 0 END AS behind,"
        f" {stands} AND x.last_due < {day} AS past_end,"
        f" CASE WHEN {stands} THEN x.oldest END AS oldest,"
        f" {stands} AND coalesce({late} > 30, FALSE) AS late_30,"
        f" {stands} AND coalesce({late} > 90, FALSE) AS late_90,"
        f" FALSE AS matched, FALSE AS early, e.wrong > 0 AS wrong{kept}"
        " FROM loans l JOIN odd o ON o.loan_id = l.loan_id"
        f" JOIN ({now}) x ON x.loan_id = l.loan_id JOIN ({eras}) e ON e.loan_id = l.loan_id{joined}"
    )
