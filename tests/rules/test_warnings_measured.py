"""How well warnings find what was planted in made-up wards: a few of them here, five hundred in ``make prove``."""

from datetime import date

import pytest
from scripts.warnings_measured import TARGET, figures, parts

from pendamping.insight import texts
from pendamping.insight.rules import FACTORS
from pendamping.simulation.rules import assigned, look, measured, table

LIMITS = texts.limits(texts.of_package("p2kp2", {}, date(2005, 1, 1)))


def test_each_factor_is_planted_about_as_often_and_none_beside_its_contrary():
    wards = list(assigned(1, 500, 18))
    assert sum(not ward.plants for ward in wards) == 100
    planted = [sum(ward.has(factor) for ward in wards) for factor in FACTORS]
    assert min(planted) > 45
    assert max(planted) < 70
    assert not any(ward.has("arrears-spreading") and ward.has("groups-able") for ward in wards)
    assert len({ward.start for ward in wards}) > 200


def test_in_a_few_wards_what_was_planted_is_found_and_little_else():
    found = measured(one for ward in assigned(90, 10, 18) for one in look(ward, LIMITS))
    planted = sum(one.recall.whole for one in found.values())
    assert planted == 16
    assert sum(one.recall.part for one in found.values()) == planted
    wrong = sum(one.precision.whole - one.precision.part for one in found.values())
    assert wrong <= 1  # of the 124 that were not planted
    lines = table(found).splitlines()
    assert len(lines) == 2 + len(FACTORS)
    assert all(line.count("|") == 9 for line in lines)


FLOORS = {  # recall and precision in percent, median days of lead: what was reached when it was last measured
    "concept-field-mismatch": (100, 98, -17),
    "planning-too-long": (100, 98, 31),
    "participation-falling": (100, 90, -50),
    "verification-stuck": (100, 72, -48),
    "cadres-unready": (89, 100, 182),
    "arrears-spreading": (100, 96, 74),
    "facilitator-dependence": (100, 93, -15),
    "elite-capture": (100, 100, 67),
    "report-late": (100, 96, -22),
    "government-support": (100, 100, None),
    "facilitator-capable": (100, 100, None),
    "cadres-from-target-group": (100, 100, None),
    "participation-strong": (100, 100, None),
    "groups-able": (90, 100, None),
}


@pytest.mark.prove
def test_on_five_hundred_wards_that_set_no_limit_the_page_says_what_is_measured_and_no_floor_is_broken():
    found = figures("held-out")
    _before, inside, _after = parts(TARGET.read_text(encoding="utf-8"))
    assert inside == table(found)
    assert set(FLOORS) == set(FACTORS)
    for factor, (recall, precision, lead) in FLOORS.items():
        one = found[factor]
        assert one.recall.at_least(recall), factor
        assert one.precision.at_least(precision), factor
        assert lead is None or one.lead >= lead, factor
