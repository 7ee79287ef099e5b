"""Event logs of real approval processes come in whole; what they say of each tier is right."""

import gzip
import json

import duckdb
import pytest

from pendamping.cli.main import main
from pendamping.kernel.refusal import Refusal
from pendamping.verification.rules import eventlog

PAYMENTS = """
[columns]
case = "case"
activity = "activity"
time = "timestamp"

[activities]
"Request For Payment SUBMITTED by EMPLOYEE" = "hand_in"
"Request For Payment SAVED by EMPLOYEE" = "proposer"
"Request For Payment REJECTED by EMPLOYEE" = "proposer"
"Request For Payment APPROVED by PRE_APPROVER" = "pre_approver: pass"
"Request For Payment REJECTED by PRE_APPROVER" = "pre_approver: reject"
"Request For Payment APPROVED by ADMINISTRATION" = "administration: pass"
"Request For Payment REJECTED by ADMINISTRATION" = "administration: reject"
"Request For Payment APPROVED by BUDGET OWNER" = "budget_owner: pass"
"Request For Payment REJECTED by BUDGET OWNER" = "budget_owner: reject"
"Request For Payment APPROVED by SUPERVISOR" = "supervisor: pass"
"Request For Payment FINAL_APPROVED by SUPERVISOR" = "supervisor: pass"
"Request For Payment REJECTED by SUPERVISOR" = "supervisor: reject"
"Request For Payment FINAL_APPROVED by DIRECTOR" = "director: pass"
"Request For Payment REJECTED by MISSING" = "missing: reject"
"Request Payment" = "order: pass"
"Payment Handled" = "payment: pass"
"""

# days and decisions of each tier, by window functions over the same file
INDEPENDENT = """
WITH log AS (
  SELECT row_number() OVER () AS n, "case" AS c, activity AS a, substr("timestamp", 1, 10)::DATE AS d,
         "timestamp"::TIMESTAMPTZ AS t
  FROM read_csv(?, header = true, all_varchar = true)),
seen AS (
  SELECT *, lag(d) OVER w AS before,
         count(*) FILTER (a LIKE '%SUBMITTED%') OVER (
           PARTITION BY c ORDER BY t, n ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS later
  FROM log WINDOW w AS (PARTITION BY c ORDER BY t, n)),
stays AS (
  SELECT CASE a WHEN 'Request Payment' THEN 'order' WHEN 'Payment Handled' THEN 'payment'
           ELSE lower(replace(regexp_extract(a, ' by (.*)$', 1), ' ', '_')) END AS tier,
         date_diff('day', coalesce(before, d), d) AS days,
         CASE WHEN a NOT LIKE '%REJECTED%' THEN 'pass' WHEN later > 0 THEN 'return'
           ELSE 'refuse' END AS decision
  FROM seen WHERE a NOT LIKE '%by EMPLOYEE')
SELECT tier, count(*), quantile_disc(days, 0.5), quantile_disc(days, 0.9), max(days), sum(days),
       count(*) FILTER (decision = 'pass'), count(*) FILTER (decision = 'return'),
       count(*) FILTER (decision = 'refuse')
FROM stays GROUP BY tier ORDER BY tier
"""


@pytest.fixture
def payments(data_folder):
    path = data_folder / "approval-event-logs" / "RequestForPayment.csv.gz"
    if not path.exists():
        pytest.skip(f"no {path.name} in the data folder")
    return path


def test_the_payments_of_a_university_come_in_whole(payments):
    mapping = eventlog.read_map(PAYMENTS)
    events = eventlog.read_log(payments.read_bytes(), mapping)
    assert len(events) == 36_072
    assert len({event.case for event in events}) == 6_760
    stays = eventlog.stays_of(events, mapping)
    found = [
        (one.tier, one.days.count, one.days.median, one.days.ninetieth, one.days.longest,
         sum(stay.days for stay in stays if stay.tier == one.tier),
         one.passed, one.returned, one.refused)
        for one in eventlog.tier_figures(stays)
    ]  # fmt: skip
    expected = duckdb.execute(INDEPENDENT, [str(payments)]).fetchall()
    assert found == expected
    assert sum(row[1] for row in found) == 36_072 - 7_361 - 74 - 1_074


def test_the_building_permits_of_a_dutch_town_come_in_whole(data_folder):
    path = data_folder / "approval-event-logs" / "receipt.csv.gz"
    if not path.exists():
        pytest.skip(f"no {path.name} in the data folder")
    rows = gzip.decompress(path.read_bytes())
    names = {row[0] for row in duckdb.execute(
        'SELECT DISTINCT "concept:name" FROM read_csv(?, header = true, all_varchar = true)',
        [str(path)],
    ).fetchall()}  # fmt: skip
    lines = [
        f'"{name}" = "{"hand_in" if name.startswith("Conf") else name.split()[0] + ": pass"}"'
        for name in sorted(names)
    ]
    mapping = eventlog.read_map("[activities]\n" + "\n".join(lines))
    events = eventlog.read_log(rows, mapping)
    stays = eventlog.stays_of(events, mapping)
    assert (len(events), len({event.case for event in events})) == (8_577, 1_434)
    assert len(stays) == 8_577 - 1_434
    assert all(stay.received <= stay.decided for stay in stays)


SMALL = """case,activity,timestamp
a,in,2004-05-03T09:00:00+07:00
a,no,2004-05-05T09:00:00+07:00
a,in,2004-05-10T09:00:00+07:00
a,yes,2004-05-17T09:00:00+07:00
b,in,2004-05-03T09:00:00+07:00
b,no,2004-05-04T09:00:00+07:00
"""
SMALL_MAP = """
[columns]
case = "case"
activity = "activity"
time = "timestamp"
[activities]
in = "hand_in"
no = "office: reject"
yes = "office: pass"
"""
XES = """<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/">
<trace><string key="concept:name" value="a"/>
<event><string key="concept:name" value="in"/><date key="time:timestamp" value="2004-05-03T09:00:00+07:00"/></event>
<event><string key="concept:name" value="no"/><date key="time:timestamp" value="2004-05-05T09:00:00+07:00"/></event>
<event><string key="concept:name" value="in"/><date key="time:timestamp" value="2004-05-10T09:00:00+07:00"/></event>
<event><string key="concept:name" value="yes"/><date key="time:timestamp" value="2004-05-17T09:00:00+07:00"/></event>
</trace><trace><string key="concept:name" value="b"/>
<event><string key="concept:name" value="in"/><date key="time:timestamp" value="2004-05-03T09:00:00+07:00"/></event>
<event><string key="concept:name" value="no"/><date key="time:timestamp" value="2004-05-04T09:00:00+07:00"/></event>
</trace></log>"""


@pytest.mark.parametrize("text", [SMALL, XES], ids=["csv", "xes"])
def test_a_rejection_is_a_return_where_the_proposer_comes_again(text):
    mapping = eventlog.read_map(SMALL_MAP)
    stays = eventlog.stays_of(eventlog.read_log(text.encode(), mapping), mapping)
    assert [(stay.case, stay.decision, stay.days) for stay in stays] == [
        ("a", "return", 2),
        ("a", "pass", 7),
        ("b", "refuse", 1),
    ]


@pytest.mark.parametrize(
    ("data", "clause", "row"),
    [
        (SMALL.replace("2004-05-05T09", "2004-15-05T09"), "verification.log.time", 3),
        (SMALL.replace("a,yes", ",yes"), "verification.log.blank", 5),
        (SMALL.replace("b,in,", "b,in,,"), "verification.log.cells", 6),
        (SMALL.replace("timestamp", "moment"), "verification.log.column", None),
        (SMALL.encode() + b"c,in,\xff\n", "verification.log.text", 8),
        ("case,activity,timestamp\n", "verification.log.empty", None),
        (XES.replace("</log>", ""), "verification.log.xml", None),
        (XES.replace("<log", '<!DOCTYPE x [<!ENTITY a "b">]><log'), "verification.log.entities", None),
        (b"\x1f\x8bdamaged", "verification.log.packed", None),
    ],
)  # fmt: skip
def test_a_log_that_is_damaged_is_refused_by_line(data, clause, row):
    raw = data if isinstance(data, bytes) else data.encode()
    with pytest.raises(Refusal) as refused:
        eventlog.read_log(raw, eventlog.read_map(SMALL_MAP))
    first = refused.value.reasons[0]
    assert first.clause == clause
    assert row is None or first.where["row"] == row


def test_an_activity_without_a_meaning_is_named_with_its_count():
    mapping = eventlog.read_map(SMALL_MAP.replace('no = "office: reject"', ""))
    with pytest.raises(Refusal) as refused:
        eventlog.stays_of(eventlog.read_log(SMALL.encode(), mapping), mapping)
    assert dict(refused.value.reasons[0].values) == {"activity": "no", "count": 2}


def test_a_mapping_says_what_it_does_not_understand():
    with pytest.raises(Refusal) as refused:
        eventlog.read_map('[activities]\nin = "perhaps"')
    assert refused.value.reasons[0].clause == "verification.map.meaning"


def test_the_command_prints_one_document(tmp_path, capsys):
    (tmp_path / "log.csv").write_text(SMALL)
    (tmp_path / "map.toml").write_text(SMALL_MAP)
    asked = ["tiers", "log", str(tmp_path / "log.csv"), "--map", str(tmp_path / "map.toml")]
    assert main([*asked, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["events"], found["cases"]) == (6, 2)
    assert found["tiers"][0] | {"median_days": 2, "returned": 1, "refused": 1} == found["tiers"][0]
    assert main(["tiers", "log", str(tmp_path / "none.csv"), "--map", asked[-1], "--json"]) == 1
