"""Two people at one draft of the poor list: their pages, one of them older than the other's save."""

import re
from datetime import date

import pytest

from pendamping.targeting import actions, queries
from pendamping.trail import queries as trail
from tests.cast import WARD
from tests.gatherings import village
from tests.overtaken import OVERTAKEN, seen
from tests.rooms.test_targeting_pages import address, criteria_data, on_the_day  # noqa: F401 -- the day

pytestmark = pytest.mark.django_db


def sent(page):
    """What a page of the draft sends as it stands: what it shows, what is ticked, what it knew."""

    def boxes(name, more=""):
        return re.findall(rf'name="{name}" value="([^"]*)"{more}', page)

    data = {"shown": boxes("shown"), "listed": boxes("listed", " checked")}
    for home in data["shown"]:
        data[f"ticks-{home}"] = boxes(f"ticks-{home}", " checked")
        [data[f"was-{home}"]] = boxes(f"was-{home}")
    return data


@pytest.fixture
def two_pages(cast, client):
    """A draft with two criteria, the address of an RT, and what its page sends."""
    village(cast, ratified=False)
    client.force_login(cast.facilitator)
    client.post(address("criteria"), criteria_data("Dinding bambu", "Makan dua kali"))
    client.post(address("draft"), {"on": "2004-01-02", "from_marks": "on"})
    found = queries.current_list(WARD)
    rt = f"{address('edit', poor_list=found.id)}?place=01/01"
    return found, rt, sent(client.get(rt).content.decode())


def test_two_people_at_one_rt_keep_what_each_of_them_ticked(cast, client, two_pages):
    found, rt, page = two_pages
    wall, meals = (one.id for one in queries.criteria(found.criteria_id))
    first, second, third = page["shown"]
    mine = {**page, "listed": [first, second], f"ticks-{first}": [wall], f"ticks-{second}": [wall]}
    assert client.post(rt, mine).status_code == 302
    theirs = {**page, f"ticks-{second}": [meals]}
    told = client.post(rt, theirs, follow=True).content.decode()
    others = queries.entries(found.id, rw="01", rt="01", listed=None)
    assert f"tersimpan: {', '.join(one.head_name for one in others)}." in told
    kept = {
        one.household_id: (one.listed, {tick.criterion_id for tick in one.ticks.all()})
        for one in queries.entries(found.id, rw="01", rt="01", listed=None)
    }
    assert kept == {first: (True, {wall}), second: (True, {wall, meals}), third: (False, set())}
    last = trail.of_record(f"poor_list:{found.id}")[-1]
    assert {key: trail.data(last)[key] for key in ("added", "removed", "ticked")} == {
        "added": 0, "removed": 0, "ticked": 1,
    }  # fmt: skip


def test_off_the_list_by_one_and_ticked_by_the_other_is_refused_and_nothing_typed_is_lost(
    cast, client, two_pages
):
    found, rt, page = two_pages
    wall = queries.criteria(found.criteria_id)[0].id
    first, second, third = page["shown"]
    client.post(rt, {**page, "listed": [second, third]})
    refused = client.post(rt, {**page, f"ticks-{first}": [wall], f"ticks-{third}": [wall]})
    assert refused.status_code == 409
    shown = refused.content.decode()
    names = {one.household_id: one.head_name for one in queries.entries(found.id, listed=None)}
    assert f"{names[first]}: sementara itu orang lain mengubah keluarga ini" in shown
    again = sent(shown)
    assert again["listed"] == [second, third]
    assert again[f"ticks-{first}"] == again[f"ticks-{third}"] == [wall]
    assert not any(one.ticks.all() for one in queries.entries(found.id, listed=None))
    assert client.post(rt, {**again, "listed": page["listed"]}).status_code == 302
    assert {one.household_id for one in queries.entries(found.id, rw="01", rt="01")} == set(
        page["shown"]
    )


def test_criteria_are_not_written_over_a_version_that_their_page_does_not_know(cast, client):
    client.force_login(cast.cadre)
    page = address("criteria")
    before = seen(client.get(page))
    mine = [{"kind": "household", "text": "Dinding bambu"}]
    actions.set_criteria(by=cast.facilitator, ward=WARD, criteria=mine, on=date(2003, 12, 20))
    theirs = {**criteria_data("Makan dua kali"), **before}
    late = client.post(page, theirs)
    assert (late.status_code, OVERTAKEN in late.content.decode()) == (409, True)
    assert queries.criteria_version(WARD).number == 1
    assert client.post(page, {**theirs, **seen(late)}).status_code == 302
