"""The books of the case were kept in order: nothing came into a month after its close, or into a closed year."""

import json

from tests.journeys.site import Site, database


def test_nothing_of_the_case_was_entered_after_its_month_or_year_was_closed(tmp_path):
    with database(tmp_path, "empang") as environment:
        told = json.loads(Site("", environment).module("tests.journeys.case", "order"))
    assert told["entries"] > 400
    assert told["months"] > 12
    assert told["years"] == [2004]
    assert told["after_the_close"] == []
    # what a group did in its meeting stands where its day is, with a number of that year
    assert told["sheets"] == ["LS-0001/2004", "LS-0001/2005"]
    assert told["steps_late"] == []
