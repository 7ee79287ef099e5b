"""The class that a rescheduled loan keeps for a while: spreading a bad loan must not make a fund look well.

Source: doors, ``keeps_class_for`` of ``segments``; handbook 4.2;
:func:`pendamping.funds.loans.rules.book.state_at`, whose meaning this follows. Each era is looked at on
its last day, the last one on the day asked for. As long as fewer of a new schedule's instalments are
wholly paid than it says, the class and the instalments behind of the era before stay, and through it
those of the ones before that. So what stays is the worst of an unbroken run of eras up to the last.
"""

from pendamping.funds.loans.rules.book import CLASS_FROM

BEHIND = "greatest(k - fp, 0) + greatest(least(k, owing, fp) - fs, 0)"
"""Instalments behind of a block: past what principal fills; and before that, where service does not reach."""
PAID = "least(fp, fs) + greatest(fp - greatest(owing, fs), 0)"
"""Instalments of a block with nothing left: filled of both parts, or of principal where no service is asked."""


def kept() -> str:
    """(loan_id, kept_class, kept_behind) of every loan of ``odd``, from ``odd_at`` and ``odd_before``."""
    marks = (
        f"SELECT loan_id, era, sum({BEHIND}) AS behind, sum({PAID}) AS paid, max(last_due) AS last_due,"
        " max(on_day) AS on_day, max(p) < max(p_all) OR max(s) < max(s_all) AS owing"
        " FROM (SELECT * FROM odd_at UNION ALL SELECT * FROM odd_before) b GROUP BY loan_id, era"
    )
    before = "lag(m.owing) OVER (PARTITION BY m.loan_id ORDER BY m.era)"
    runs = (
        f"SELECT m.*, coalesce(m.paid < s.keeps AND {before}, FALSE) AS stays FROM ({marks}) m"
        " JOIN odd_eras e ON e.loan_id = m.loan_id AND e.era = m.era"
        f" LEFT JOIN ({_says()}) s"
        " ON s.loan_id = m.loan_id AND s.from_day = e.start_on AND e.segment = 1"
    )
    broken = "max(CASE WHEN stays THEN 0 ELSE era END) OVER (PARTITION BY loan_id)"
    steps = " ".join(
        f"WHEN behind >= {least} THEN {number}"
        for number, least in sorted(enumerate(CLASS_FROM, start=2), reverse=True)
    )
    number = f"CASE WHEN last_due < on_day THEN 5 {steps} ELSE 1 END"
    return (
        f"SELECT loan_id, CAST(max({number}) AS BIGINT) AS kept_class,"
        " CAST(max(behind) AS BIGINT) AS kept_behind"
        f" FROM (SELECT *, {broken} AS broken FROM ({runs}) r) x WHERE era >= broken GROUP BY loan_id"
    )


def _says() -> str:
    """What each new schedule says; a loan that was closed on the day before keeps nothing."""
    closed = (
        "SELECT 1 FROM closures c WHERE c.loan_id = g.loan_id AND c.on_day < g.from_day"
        " AND (c.reversed_on IS NULL OR c.reversed_on >= g.from_day)"
    )
    return (
        "SELECT g.loan_id, g.from_day, max(g.keeps_class_for) AS keeps FROM segments g"
        f" WHERE NOT EXISTS ({closed}) GROUP BY g.loan_id, g.from_day"
    )
