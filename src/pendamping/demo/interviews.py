"""A sample of borrowers in Empang and what they told, made up around the study: earnings went to instalments of the loan,
children's school fees and daily needs."""

from datetime import date, timedelta

from pendamping.demo.case import Case
from pendamping.kernel import clock
from pendamping.monitoring import actions, queries

DRAWN, SEED, SIZE = date(2005, 4, 18), "empang-2005-04", 14
TOLD = (
    # business, instalments paid from, school fees, daily needs, who used the money
    ("grown", ("business",), "yes", "yes", "self"), ("same", ("business", "other_income"), "partly", "yes", "self"),
    ("shrunk", ("other_income",), "no", "partly", "self"), ("stopped", ("borrowed",), "no", "no", "other"),
    ("grown", ("business",), "yes", "yes", "self"), ("grown", ("business",), "none", "yes", "family"),
    ("same", ("business",), "yes", "yes", "self"), ("grown", ("business",), "yes", "yes", "self"),
    ("same", ("business", "savings"), "partly", "partly", "family"), ("grown", ("business",), "yes", "yes", "self"),
    ("grown", ("business",), "yes", "partly", "self"), ("same", ("business",), "none", "yes", "self"),
)  # fmt: skip


def ask(case: Case) -> None:
    """The cadre asks twelve; one had moved to a relative for harvest, and another stands in their place."""
    cadre = case.actor("kader")
    with clock.at(DRAWN):
        this = actions.draw_sample(by=cadre, ward=case.ward, size=SIZE, seed=SEED)
    with clock.at(DRAWN + timedelta(days=4)):
        last = queries.sample(case.ward, this.id).people[-1]  # type: ignore[union-attr]
        actions.ask_instead(
            by=cadre,
            ward=case.ward,
            asked_id=last.asked.id,
            why="Sedang panen di rumah saudara sampai Juni",
        )
    found = queries.sample(case.ward, this.id)
    for number, (one, told) in enumerate(zip(found.waiting, TOLD, strict=False)):  # type: ignore[union-attr]
        on = DRAWN + timedelta(days=5 + number // 3)
        business, paid_from, fees, needs, used = told
        with clock.at(on):
            actions.record_interview(
                by=cadre, ward=case.ward, asked_id=one.asked.id, on=on,
                answers={"business": [business], "instalments_from": list(paid_from), "school_fees": [fees],
                         "daily_needs": [needs], "who_used": [used]},
            )  # fmt: skip
