"""What must fit together in a whole guideline."""

import pytest

from pendamping.guidelines import rules
from tests.guideline_texts import lumbung


def problems(*changes):
    content = lumbung()
    for old, new in changes:
        assert old in content, old
        content = content.replace(old, new, 1)
    text, reasons = rules.parse(content)
    assert not reasons, [reason.say() for reason in reasons]
    return rules.problems(rules.combine([text]))


def reserve(value):
    return "\n".join(
        f'{key} = {{ value = {percent}, unit = "percent", source = "x", status = "default", '
        f'text = {{ id = "{{value}}", en = "{{value}}" }} }}'
        for key, percent in value.items()
    )


def classes(*spans):
    lines = []
    for number, (low, high) in enumerate(spans, 1):
        top = "" if high is None else f"to_behind = {high}, "
        lines.append(
            f"c{number} = {{ value = {{ number = {number}, from_behind = {low}, {top}"
            f'name = {{ id = "K", en = "C" }} }}, source = "x", status = "default" }}'
        )
    return "\n[collectibility]\n" + "\n".join(lines) + "\n[tranches]"


def bands(*rows):
    cells = ", ".join(
        f"{{ min_population = {low}, amount = 1"
        + (f", max_population = {high}" if high is not None else "")
        + " }"
        for low, high in rows
    )
    return (
        f'[allocation]\nbands = {{ value = [{cells}], source = "x", status = "default", '
        'text = { id = "{value}", en = "{value}" } }\n[tranches]'
    )


def test_the_invented_guideline_fits_together():
    assert problems() == []


CASES = [
    # (changes, clause, key, words)
    ([('after = ["gathering"], drives = { id = "Dewan"', 'after = ["moon"], drives = { id = "Dewan"')],
     "stages", "stages.storehouse.after", "moon"),
    ([("after = [], drives", 'after = ["harvest"], drives')], "stages", "stages.gathering.after",
     "circle"),
    ([("value = [60, 40]", "value = [60, 30]")], "shares", "tranches.percentages", "90 %"),
    ([("value = [200000, 300000]", "value = [300000, 200000]")], "ladder", "loans.ladder[2]",
     "higher"),
    ([("value = [200000, 300000]", "value = [200000, 200000]")], "ladder", "loans.ladder[2]",
     "higher"),
    ([("value = [200000, 300000]", "value = [200000]")], "ladder", "loans.ladder", "1 steps"),
    ([("value = 200000,", "value = 250000,")], "ladder", "loans.first_loan_max", "first step"),
    ([("value = 25, unit = \"instalments\"", "value = 5, unit = \"instalments\"")], "order",
     "loans.instalments", "10"),
    ([("value = 25, unit = \"instalments\"", "value = 60, unit = \"instalments\"")], "order",
     "loans.max_instalments", "60"),
    ([("grace_in_tenor = { value = false", "grace_in_tenor = { value = true"),
      ("value = 0, unit = \"months\"", "value = 12, unit = \"months\"")], "grace",
     "loans.grace_months", "no instalment"),
    ([('tiers = ["council"]', 'tiers = ["council", "king"]')], "unknown_key",
     "verification.all.tiers[2]", "king"),
    ([('results = ["yes", "back"]', 'results = ["back", "no"]')], "unknown_key",
     "verification_tiers.council.results[2]", "no"),
    ([('moves = "pass"', 'moves = "refuse"')], "verification",
     "verification_tiers.council.results", "pass"),
    ([("[verification_results]", '[verification_days]\nking = { value = 3, unit = "days", '
       'source = "x", status = "default", text = { id = "{value}", en = "{value}" } }\n'
       "[verification_results]")], "verification", "verification_days.king", "no such tier"),
    ([("value = []", 'value = ["sums"]')], "unknown_key", "loans.required_trainings[1]", "sums"),
    ([("min_percent = 20", "min_percent = 70"), ("max_percent = 60", "max_percent = 75")],
     "shares", "components", "100 %"),
    ([("min_percent = 40, max_percent = 80", "min_percent = 40, max_percent = 30")], "order",
     "components.lending.max_percent", "40"),
    ([("[tranches]", classes((0, 0), (1, 3), (3, None)))], "bands", "collectibility",
     "overlap at 3"),
    ([("[tranches]", classes((0, 0), (2, None)))], "bands", "collectibility", "holds 1"),
    ([("[tranches]", classes((0, 0), (1, 3)))], "bands", "collectibility", "4 and more"),
    ([("[tranches]", classes((1, None)))], "bands", "collectibility", "holds 0"),
    ([("[tranches]", bands((0, 2999), (3001, None)))], "bands", "allocation.bands", "holds 3000"),
    ([("[tranches]", bands((0, 3000), (3000, None)))], "bands", "allocation.bands",
     "overlap at 3000"),
    ([("[tranches]", bands((0, None), (3000, None)))], "bands", "allocation.bands",
     "overlap at 3000"),
    ([("[tranches]", bands((0, 3000)))], "bands", "allocation.bands", "3001 and more"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "kind", "key", "words"), CASES)
def test_it_refuses_what_does_not_fit_together(changes, kind, key, words):
    reasons = problems(*changes)
    found = [r for r in reasons if r.where["key"] == key and words in r.say()]
    assert found, [(r.where, r.say()) for r in reasons]
    assert found[0].clause == f"guidelines.text.{kind}"
    assert "lumbung whole" in found[0].say()


def test_bands_that_touch_and_end_open_are_well():
    assert problems(("[tranches]", bands((0, 2999), (3000, 9999), (10000, None)))) == []


def test_a_guideline_needs_its_sections():
    content = lumbung()
    start, end = content.index("[targeting]"), content.index("[groups]")
    text, reasons = rules.parse(content[:start] + content[end:])
    assert not reasons
    (reason,) = rules.problems(rules.combine([text]))
    assert (reason.clause, reason.where["key"]) == ("guidelines.text.missing", "targeting")


def test_a_general_text_alone_is_no_guideline():
    text, _ = rules.parse(lumbung().replace('"whole"', '"general"', 1))
    assert rules.problems(rules.combine([text]))[0].clause == "guidelines.text.parts"


def test_indicator_bands_run_from_better_to_worse():
    def indicator(better, *limits):
        rows = [
            f'{{ key = "{key}"' + (f", limit_percent = {limit} }}" if limit is not None else " }")
            for key, limit in zip(("satisfactory", "minimum", "suspend"), limits, strict=True)
        ]
        both = '{ id = "x", en = "x" }'
        return (
            f"[indicators]\nlar = {{ value = {{ name = {both}, short = 'LAR', numerator = {both}, "
            f"denominator = {both}, better = '{better}', bands = [{', '.join(rows)}] }}, "
            "source = 'x', status = 'default' }\n[tranches]"
        )

    def found(*arguments):
        return [r.clause for r in problems(("[tranches]", indicator(*arguments)))]

    assert found("lower", 10, 20, None) == found("higher", 90, 80, None) == []
    for bad in (
        ("lower", 20, 10, None),
        ("higher", 80, 90, None),
        ("lower", 10, 20, 30),
        ("lower", 10, None, None),
        ("lower", 10, 10, None),
    ):
        assert found(*bad) == ["guidelines.text.bands"], bad


def test_stages_come_in_the_order_of_their_graph():
    text, _ = rules.parse(lumbung())
    stages = text.clauses
    after = {key: c.value["after"] for (section, key), c in stages.items() if section == "stages"}
    order = rules.in_order(after)
    assert order[0] == "gathering"
    assert order[-1] == "harvest"
    for stage, before in after.items():
        assert all(order.index(name) < order.index(stage) for name in before)


def test_a_circle_is_named_as_a_path():
    circle = rules.find_circle({"a": ["c"], "b": ["a"], "c": ["b"], "d": []})
    assert circle[0] == circle[-1]
    assert set(circle) == {"a", "b", "c"}
    assert rules.find_circle({"a": [], "b": ["a"]}) == []


READS_SESSIONS = 'reads = "sessions", meeting = "gathering"'


def test_a_gate_that_nobody_can_read_is_refused_with_key_and_reason():
    content = lumbung().replace(READS_SESSIONS, 'reads = "stars", meeting = "gathering"')
    text, reasons = rules.parse(content, file="granary.toml")
    assert text is None
    (reason,) = reasons
    assert reason.where["file"] == "granary.toml"
    assert reason.where["key"] == "stage_gates.half_met.value.reads"
    assert "“stars”" in reason.say()
    assert "sessions" in reason.say()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (READS_SESSIONS, 'reads = "sessions"', "stage_gates.half_met.meeting"),
        ('matter = "granary", name', 'matter = "moon", name', "stage_gates.store_wanted.matter"),
        ('reads = "decision", matter = "granary"', 'reads = "decision"', "stage_gates.store_wanted.matter"),
    ],
)  # fmt: skip
def test_a_gate_says_what_its_reader_needs_and_waits_for_what_can_be_decided(old, new, key):
    (reason,) = problems((old, new))
    assert reason.clause == "guidelines.text.gates"
    assert reason.where["key"] == key
