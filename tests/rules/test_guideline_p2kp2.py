"""The shipped P2KP-2 texts say what the handbook says."""

import re
import tomllib
from datetime import date, timedelta
from importlib.resources import files

import pytest

from pendamping.guidelines import library, rules
from pendamping.guidelines.rules.wording import say_table
from pendamping.kernel.period import add_months

CASE_START, CASE_END = date(2003, 11, 1), date(2005, 6, 30)


def guideline(on=date(2004, 5, 12)):
    return rules.combine(rules.in_force(library.texts("p2kp2"), "p2kp2", on))


def test_both_editions_fit_together():
    assert rules.problems(guideline()) == []
    assert rules.problems(guideline(date(2006, 7, 1))) == []


def test_every_known_section_is_filled():
    assert set(guideline().sections()) == set(rules.SECTIONS)


def test_the_loan_is_the_one_of_handbook_11():
    loans = guideline().section("loans")
    assert loans == {
        "first_loan_max": 500_000,
        "ladder": [500_000, 1_000_000, 1_500_000, 2_000_000],
        "max_loans": 4,
        "instalments": 10,
        "min_instalments": 3,
        "max_instalments": 12,
        "every": "1month",
        "grace_months": 2,
        "grace_in_tenor": False,
        "grace_service": "waived",
        "rate_bp": 150,
        "method": "flat",
        "amortisation": "equal-principal",
        "grace_periods": 0,
        "allocation": "service-first",
        "min_saving_months": 3,
        "required_trainings": ["loan", "enterprise", "household-economy"],
        "books_required": True,
    }


def test_the_tenth_instalment_of_the_case_falls_due_when_the_study_ended():
    loans, case = guideline().section("loans"), guideline().section("case")
    due = add_months(case["disbursed_on"], loans["grace_months"] + loans["instalments"])
    assert due == case["tenth_instalment_on"]
    assert add_months(case["programme_start"], 18) == case["programme_end"]


def test_groups_and_tranches_are_those_of_handbook_11():
    assert guideline().section("groups") == {
        "min_members": 5,
        "min_women_percent": 30,
        "members_on_poor_list": True,
        "poor_list_ratified": True,
        "pledge_required": True,
        "formation": "voluntary",
    }
    assert guideline().section("tranches")["percentages"] == [20, 50, 30]
    assert guideline().clauses["tranches", "percentages"].status == "default"


def test_the_two_chains_of_verification_are_those_of_handbook_11():
    chains = guideline().section("verification")
    assert chains["proposal"]["tiers"] == ["unit", "board", "facilitator"]
    assert chains["disbursement"]["tiers"] == ["team", "pjok", "korkot", "ppk", "satker"]
    assert all(chain["informed"] == ["ward_head"] for chain in chains.values())


def test_each_indicator_has_the_bands_of_the_better_edge():
    limits = {
        key: [band.get("limit_percent") for band in value["bands"]]
        for key, value in guideline().section("indicators").items()
    }
    assert limits == {
        "lar": [10, 20, None],
        "par": [10, 20, None],
        "rr": [90, 80, None],
        "ccr": [125, 100, None],
        "roi": [10, 0, None],
    }


def test_the_five_inhibiting_and_five_supporting_factors_of_the_case_are_there():
    factors = guideline().section("factors")
    of_the_case = [f["kind"] for f in factors.values() if f.get("of_the_case")]
    assert of_the_case.count("inhibiting") == of_the_case.count("supporting") == 5
    assert len(factors) == 14  # the names that `pendamping warn` promises


def test_the_values_of_the_case_hold_on_all_its_days():
    at_start = guideline(CASE_START)
    for days in range((CASE_END - CASE_START).days + 1):
        later = guideline(CASE_START + timedelta(days))
        assert later.version == "1.0"
        assert later.texts == at_start.texts


def test_a_later_edition_shows_what_changed():
    changes = rules.diff(guideline(), guideline(date(2006, 7, 1)))
    assert [(change.kind, change.clause) for change in changes] == [
        ("changed", "accountability.p2kp2.due_days"),
        ("changed", "accountability.p2kp2.reminder_days"),
        ("added", "training_modules.p2kp2.book_clinic"),
    ]
    assert all(change.new.status == "default" for change in changes)
    assert guideline(date(2006, 7, 1)).version == "1.0+1.1"
    assert guideline(date(2006, 6, 30)).version == "1.0"


def test_no_text_holds_before_the_programme():
    assert rules.in_force(library.texts("p2kp2"), "p2kp2", date(2001, 12, 31)) == ()


def test_every_clause_reads_as_a_sentence_in_both_languages():
    for clause in guideline(date(2010, 1, 1)).clauses.values():
        for language in ("id", "en"):
            sentence = rules.sentence(clause, language)
            assert sentence.strip(), clause.id
            assert "{" not in sentence, clause.id
            assert sentence != clause.key, clause.id


def test_every_clause_names_a_source_that_is_listed():
    listed = library.sources("p2kp2")
    assert [key for key in listed if key.startswith("S")] == [f"S{n}" for n in range(1, 89)]
    for clause in guideline().clauses.values():
        for number in re.findall(r"\bS\d+\b", clause.source):
            assert number in listed, clause.id


def test_what_is_ours_or_unverified_in_any_part_is_a_default():
    ours = re.compile(r"general knowledge|unverified|\bours?\b")
    for clause in guideline(date(2010, 1, 1)).clauses.values():
        seen = re.search(r"\bS\d+\b|\bCase\b", clause.source)
        if not seen or ours.search(clause.source):
            assert clause.status == "default", clause.id


def test_each_gate_and_length_belongs_to_a_stage_and_each_stage_has_both():
    stages = set(guideline().section("stages"))
    assert {g["stage"] for g in guideline().section("stage_gates").values()} == stages
    assert {g["stage"] for g in guideline().section("stage_lengths").values()} == stages


def test_the_board_meets_the_sizes_of_the_handbook():
    board = guideline().section("board")
    assert (board["size_min"], board["size_max"], board["odd"]) == (9, 13, True)


def test_each_shipped_file_is_toml_and_none_is_left_out():
    home = files("pendamping.guidelines").joinpath("texts", "p2kp2")
    folders = [home, home.joinpath("umum"), home.joinpath("teknis")]
    found = [f for folder in folders for f in folder.iterdir() if f.name.endswith(".toml")]
    sections = set()
    for file in found:
        content = file.read_text("utf-8")
        sections |= set(tomllib.loads(content)) - {"guideline", "sources"}
    assert sections == set(guideline().sections())


@pytest.mark.parametrize(("kind", "version"), [("general", "1.0"), ("technical", "1.1")])
def test_a_shipped_text_can_be_handed_on_as_one_file(kind, version):
    content = library.content("p2kp2", kind, version)
    original = next(
        t for t in library.texts("p2kp2") if (t.header.kind, t.header.version) == (kind, version)
    )
    text, reasons = rules.parse(content, among=library.texts("p2kp2"))
    assert reasons == []
    assert text.sha256 == original.sha256
    assert rules.diff(text, original) == []


def test_a_table_reads_as_words():
    band = guideline().section("allocation")["bands"][0]
    assert "min_population" in say_table(band, "id")
