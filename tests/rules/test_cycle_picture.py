"""The picture of the cycle reaches as far as the cycle does."""

from datetime import date

from pendamping.cycle.picture import picture
from pendamping.cycle.rules import Span, Stage, Standing


def test_every_stage_of_a_ward_that_has_just_begun_has_its_bar_within_the_width():
    today = date(2026, 11, 27)
    spans = {
        "first": Span(today, date(2027, 1, 31)),
        "last": Span(date(2027, 12, 1), date(2028, 3, 30)),  # sixteen months off
    }
    stages = {key: Stage(key) for key in spans}
    found = {key: Standing(key, "waiting", None, 0, span, span, 0) for key, span in spans.items()}
    shown = picture(stages, found, today)
    bars = {row.stage: row.ahead for row in shown.rows}
    assert bars["last"].at + bars["last"].wide <= 100
    assert bars["last"].wide > 10
