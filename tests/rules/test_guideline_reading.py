"""Texts that are wrong are refused with file, key and reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pendamping.guidelines import rules
from tests.guideline_texts import AMENDMENT, lumbung

MINIMUM = 'min_members = { value = 8, unit = "persons",'


def wrong(content, file="lumbung.toml"):
    text, reasons = rules.parse(content, file=file)
    assert text is None
    assert reasons, "a broken text names its reasons"
    for reason in reasons:
        assert reason.where["file"] == file
        assert reason.say().startswith(file)
    return reasons


def changed(old, new):
    content = lumbung()
    assert content.count(old) >= 1, old
    return content.replace(old, new, 1)


BROKEN = [
    # (what stood there, what stands there now, kind of reason, key, words of the reason)
    ("[tranches]", "[tranchez]", "unknown_section", "tranchez", "unknown"),
    (MINIMUM, 'min_membres = { value = 8, unit = "persons",', "unknown_key", "groups.min_membres",
     "min_members"),
    (MINIMUM, 'min_members = { unit = "persons",', "missing", "groups.min_members", "value"),
    (MINIMUM, 'min_members = { value = "8", unit = "persons",', "value", "groups.min_members.value",
     "whole number"),
    (MINIMUM, 'min_members = { value = 8.5, unit = "persons",', "value", "groups.min_members.value",
     "whole number"),
    (MINIMUM, 'min_members = { value = true, unit = "persons",', "value",
     "groups.min_members.value", "whole number"),
    (MINIMUM, 'min_members = { value = 0, unit = "persons",', "value", "groups.min_members.value",
     "less than 1"),
    (MINIMUM, 'min_members = { value = 8, unit = "loans",', "unit", "groups.min_members.unit",
     "persons"),
    (MINIMUM, "min_members = { value = 8,", "unit", "groups.min_members.unit", "persons"),
    ('value = 200000, unit = "IDR"', 'value = 200000, unit = "USD"', "unit",
     "loans.first_loan_max.unit", "IDR"),
    ("pledge_required = { value = false,", 'pledge_required = { value = false, unit = "days",',
     "unit", "groups.pledge_required.unit", "no unit"),
    ("pledge_required = { value = false,", 'pledge_required = { value = "no",', "value",
     "groups.pledge_required.value", "true or false"),
    (MINIMUM + ' source = "Invented 6",', MINIMUM, "source", "groups.min_members.source",
     "missing"),
    (MINIMUM + ' source = "Invented 6",', MINIMUM + ' source = " ",', "source",
     "groups.min_members.source", "text is needed"),
    (MINIMUM + ' source = "Invented 6", status = "sourced",', MINIMUM + ' source = "Invented 6",',
     "status", "groups.min_members.status", "missing"),
    (MINIMUM + ' source = "Invented 6", status = "sourced"',
     MINIMUM + ' source = "Invented 6", status = "certain"', "status", "groups.min_members.status",
     "sourced, default, local"),
    ('text = { id = "Paling sedikit {value}.", en = "At least {value}." }',
     'text = { id = "Paling sedikit {value}." }', "sentence", "groups.min_members.text", "en"),
    ('text = { id = "Paling sedikit {value}.", en = "At least {value}." }',
     'text = { id = "Paling sedikit.", en = "At least {value}." }', "sentence",
     "groups.min_members.text.id", "{value}"),
    ('text = { id = "Paling sedikit {value}.", en = "At least {value}." }',
     'text = { id = "{jumlah} {value}", en = "At least {value}." }', "sentence",
     "groups.min_members.text.id", "{value}"),
    ('text = { id = "Tiap minggu.", en = "Every week." }', 'remark = "x"', "unknown_key",
     "loans.every.remark", "unknown"),
    ('value = "1week"', 'value = "1moon"', "value", "loans.every.value", "1week"),
    ('value = "declining"', "value = 3", "value", "loans.method.value", "not one of"),
    ("value = [60, 40]", "value = 60", "value", "tranches.percentages.value", "list"),
    ("value = [60, 40]", "value = [60, 140]", "value", "tranches.percentages.value[2]", "100"),
    ("value = [60, 40]", "value = []", "value", "tranches.percentages.value", "at least 1"),
    ('roll = "households",', "", "value", "meetings.gathering.value.quorum.roll", "missing"),
    ('roll = "households",', 'roll = "households", moon = 1,', "value",
     "meetings.gathering.value.quorum.moon", "unknown"),
    ('tiers = ["council"]', 'tiers = ["council", "council"]', "value",
     "verification.all.value.tiers[2]", "twice"),
    ("[stages.gathering]", "[stages.Gathering]", "unknown_key", "stages.Gathering", "small letters"),
    ("valid_from = 2003-01-01", 'valid_from = "2003"', "header", "guideline.valid_from", "date"),
    ("valid_from = 2003-01-01", "valid_from = 2003-01-01T10:00:00", "header",
     "guideline.valid_from", "date"),
    ("valid_to = 2030-12-31", "valid_to = 2001-12-31", "header", "guideline.valid_to", "first"),
    ('code = "lumbung"', 'code = "Lumbung Rakyat"', "header", "guideline.code", "form"),
    ('version = "2.0"', 'version = "two"', "header", "guideline.version", "form"),
    ('currency = "IDR"', "", "header", "guideline.currency", "missing"),
    ('languages = ["id", "en"]', "languages = 5", "header", "guideline.languages", "list"),
    ('kind = "whole"', 'kind = "half"', "header", "guideline.kind", "general"),
    ('source_ref = "Invented for tests"', "", "header", "guideline.source_ref", "missing"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "kind", "key", "words"), BROKEN)
def test_it_refuses_a_broken_text_with_file_key_and_reason(old, new, kind, key, words):
    reasons = wrong(changed(old, new))
    found = [r for r in reasons if r.where.get("key") == key]
    assert found, [r.where for r in reasons]
    assert found[0].clause == f"guidelines.text.{kind}"
    assert words in found[0].say()
    assert key in found[0].say()


def test_it_names_the_line_of_a_clause():
    content = changed(MINIMUM, 'min_members = { value = "8", unit = "persons",')
    line = next(n for n, text in enumerate(content.splitlines(), 1) if "min_members" in text)
    assert wrong(content)[0].where["line"] == line


def test_it_names_every_fault_at_once():
    content = changed(MINIMUM, 'min_members = { value = "8", unit = "loans",').replace(
        "value = [60, 40]", "value = 1"
    )
    keys = {reason.where["key"] for reason in wrong(content)}
    assert {
        "groups.min_members.value",
        "groups.min_members.unit",
        "tranches.percentages.value",
    } <= keys


def test_it_says_where_the_toml_itself_breaks_off():
    (reason,) = wrong(changed("[stages.gathering]", "[stages.gathering"))
    assert reason.clause == "guidelines.text.toml"
    assert reason.where["line"] > 1


def test_it_refuses_a_key_that_stands_there_twice_with_its_line():
    content = lumbung() + "\n[stages.gathering]\nvalue = 1\n"
    (reason,) = wrong(content)
    assert reason.clause == "guidelines.text.toml"
    assert reason.where["line"] == len(content.splitlines()) - 1


def test_it_refuses_the_same_clause_in_two_files():
    more = "[vocabulary.board]\nvalue = 1\n"
    text, reasons = rules.parse_files({"a.toml": lumbung(), "b.toml": more})
    assert text is None
    assert [(r.clause, r.where["file"]) for r in reasons] == [
        ("guidelines.text.duplicate", "b.toml")
    ]
    assert "a.toml" in reasons[0].say()


@pytest.mark.parametrize("content", ["", "x = 1", "guideline = 3", "[[guideline]]", "[guideline]"])
def test_it_refuses_a_text_without_a_header(content):
    assert "guidelines.text.header" in {reason.clause for reason in wrong(content)}


def test_it_refuses_two_headers():
    text, reasons = rules.parse_files({"a.toml": lumbung(), "b.toml": "[guideline]\nx = 1"})
    assert text is None
    assert "2" in reasons[0].say()


def test_it_refuses_a_section_that_is_no_table():
    reasons = wrong(lumbung().replace("[guideline]", "loans = 3\n[guideline]", 1).replace(
        "[loans]", "[x]", 1))  # fmt: skip
    assert {"guidelines.text.shape", "guidelines.text.unknown_section"} <= {
        reason.clause for reason in reasons
    }


def test_a_fixed_section_names_each_clause_that_is_missing():
    content = "\n".join(
        line for line in lumbung().splitlines() if not line.startswith(("min_women", "formation"))
    )
    assert {reason.where["key"] for reason in wrong(content)} == {
        "groups.min_women_percent",
        "groups.formation",
    }


def test_an_amendment_of_an_unknown_version_is_refused():
    (reason,) = [r for r in wrong(AMENDMENT) if r.clause == "guidelines.text.amends"]
    assert "2.0" in reason.say()


def test_an_amendment_cannot_remove_what_is_not_there():
    base, _ = rules.parse(lumbung())
    text, reasons = rules.parse(AMENDMENT.replace(".facilitator", ".nobody"), among=[base])
    assert text is None
    assert "vocabulary.nobody" in reasons[0].say()


def test_a_text_of_absurd_depth_or_size_is_refused():
    deep = lumbung() + "\n[vocabulary]\nx = " + "[" * 5000 + "]" * 5000
    assert wrong(deep)[0].clause == "guidelines.text.toml"
    assert wrong("#" * 1_000_001)[0].clause == "guidelines.text.toml"
    assert wrong(lumbung().replace("value = 8,", f"value = {'9' * 6000},", 1))


@settings(max_examples=150)
@given(data=st.data())
def test_a_text_torn_anywhere_gives_a_text_or_reasons_and_never_a_traceback(data):
    content = lumbung()
    start = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 80))
    piece = data.draw(st.text(st.characters(codec="utf-8"), max_size=10))
    text, reasons = rules.parse(content[:start] + piece + content[start + length :])
    assert (text is None) == bool(reasons)
    for reason in reasons:
        assert reason.say()


UNREADABLE = [
    ('source = "Invented 6"', r'source = "Invented\u0007 6"', "groups.min_members.source"),
    ('source = "Invented 6"', r'source = "\u202eInvented 6"', "groups.min_members.source"),
    ('source = "Invented 6"', 'source = "Invented\u2066 6"', "groups.min_members.source"),
    ('source = "Invented 6"', r'source = "Invented 6\u0000"', "groups.min_members.source"),
    (MINIMUM, MINIMUM.replace("8", "inf"), "groups.min_members.value"),
    ("min_members = {", '"min\\u200e_members" = {', "groups.min□_members"),
    ("[tranches]", '["tran\\u0085ches"]', "tran□ches"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key"), UNREADABLE)
def test_a_sign_that_nobody_can_read_is_refused_by_file_key_and_reason(old, new, key):
    [reason] = wrong(changed(old, new))
    assert (reason.clause, reason.where["key"]) == ("guidelines.text.sign", key)
    assert reason.say().isprintable()
    assert "read" in reason.say() or "end" in reason.say()


def test_signs_of_other_tongues_and_line_breaks_are_read():
    content = changed('source = "Invented 6"', r'source = "Ny. Siti’s – “8” \n\t👩\u200d🌾"')
    assert not rules.parse(content, file="lumbung.toml")[1]
