"""A newer list of regions: shown first, refused where it is cut off, and what stays with old codes."""

import json

import pytest

from pendamping.access import queries as access
from pendamping.cli import main
from pendamping.kernel.refusal import Refusal
from pendamping.territory import actions, official, queries, rules
from pendamping.trail import queries as trail
from tests.cast import OTHER, WARD

pytestmark = pytest.mark.django_db

NEW = "32.71.01.1099"


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """``regions update`` with a list in a file; its exit status and its JSON."""
    monkeypatch.setattr("pendamping.cli.site.start", lambda **_options: None)

    def go(regions, *options):
        file = tmp_path / "regions.csv"
        rows = [f'{code},"{name}"' for code, name in regions.items()]
        file.write_text("\n".join(["code,name", *rows]), encoding="utf-8")
        status = main.main(["regions", "update", str(file), "--json", *options])
        return status, json.loads(capsys.readouterr().out)

    return go


def update(regions, **more):
    return actions.update_regions(by=access.system(), regions=regions, source="test", **more)


def test_an_empty_list_is_refused_even_where_it_may_shrink():
    with pytest.raises(Refusal) as refused:
        update({}, may_shrink=True)
    assert [reason.clause for reason in refused.value.reasons] == ["territory.empty"]


def test_a_list_that_is_cut_off_closes_nothing_unless_somebody_says_so():
    java = {code: name for code, name in official.regions().items() if code.startswith("32")}
    with pytest.raises(Refusal) as refused:
        update(java)
    assert [reason.clause for reason in refused.value.reasons] == ["territory.shrinks"]
    assert queries.area("33").until is None
    update(java, may_shrink=True)
    assert queries.area("33").until is not None


def test_one_code_in_fifty_may_go():
    """Worked: of 1,000 codes 20 may cease at once, 21 not; of 100 ten may."""
    known = {f"{number:04d}": "x" for number in range(1000)}
    kept = list(known.items())
    assert rules.shrinks(known, dict(kept[20:])) == []
    assert len(rules.shrinks(known, dict(kept[21:]))) == 1
    assert rules.shrinks(dict(kept[:100]), dict(kept[10:100])) == []


def test_a_ward_that_takes_part_bears_the_new_name_and_its_trail_says_so(cast):
    update({**official.regions(), WARD: "Empang Raya"})
    assert queries.ward(WARD).name == "Empang Raya"
    event = trail.last("territory.update_regions", WARD)
    assert trail.data(event) == {"was": "Empang", "name": "Empang Raya"}
    assert trail.check(WARD) is None


def test_a_code_that_returns_bears_the_name_of_the_list_it_returns_with():
    without = official.regions()
    del without[OTHER]
    update(without)
    update({**without, OTHER: "Batu Tulis Baru"})
    found = queries.area(OTHER)
    assert (found.until, found.name) == (None, "Batu Tulis Baru")
    assert [area.code for area in queries.search("batu tulis baru", level="ward")] == [OTHER]


def test_a_split_is_shown_first_with_what_stays_and_changes_nothing(cast, run):
    regions = {**official.regions(), NEW: "Empang Baru"}
    status, found = run(regions, "--split", f"{WARD}={WARD},{NEW}", "--check")
    assert (status, found["written"], found["added"]) == (0, False, 1)
    [stays] = found["stays"]
    assert stays["ward"] == WARD
    assert "treasurer (treasurer)" in stays["roles"]
    assert "stranger (treasurer)" not in stays["roles"]
    assert queries.area(NEW) is None


def test_a_split_and_a_rename_are_taken_over_and_what_was_written_stays(cast, run):
    regions = {**official.regions(), NEW: "Empang Baru"}
    options = ("--split", f"{WARD}={WARD},{NEW}", "--rename", f"{OTHER}=Batutulis")
    status, found = run(regions, *options)
    assert (status, found["written"]) == (0, True)
    assert found["renamed"] == {OTHER: ["Batu Tulis", "Batutulis"]}
    assert queries.successors(WARD) == [WARD, NEW]
    assert queries.ward(OTHER).name == "Batutulis"
    assert access.may(cast.treasurer, "loans.disburse", WARD)


def test_a_list_with_wrong_rows_is_refused_with_their_numbers(run):
    status, found = run({"32": ""})
    assert status == 1
    assert [reason["where"]["row"] for reason in found["reasons"]] == [2]


@pytest.mark.parametrize("option", [("--split", "32.71"), ("--rename", "=Empang")])
def test_an_option_that_cannot_be_read_is_wrong_use(option):
    with pytest.raises(SystemExit) as ended:
        main.main(["regions", "update", *option])
    assert ended.value.code == 2
