"""A vote by ranking, by points, by one choice; needs that exclude each other; women's and men's votes apart."""

from dataclasses import replace

import pytest
from django.urls import reverse

from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.planning import actions, facts, papers, queries
from pendamping.planning.actions import preparing
from tests.cast import WARD
from tests.electing import hamlet
from tests.rooms.test_planning import DAY, NEEDS, TODAY, asked, clauses, closed, type_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def before_the_vote():
    with clock.at(TODAY):
        yield


@pytest.fixture
def held(cast, monkeypatch):
    """Makes a vote under the guideline's rule with some values changed."""
    hamlet(cast)
    needs = {one[0]: asked(cast, *one).id for one in NEEDS}

    def prepare(exclusive=(), budget=110, **changes):
        rule = replace(facts.rule_on(WARD, DAY), **changes)
        monkeypatch.setattr(preparing.facts, "rule_on", lambda ward, on: rule)
        return actions.prepare_vote(
            by=cast.facilitator, ward=WARD, component="physical", budget=budget * 1_000_000, held_on=DAY,
            needs=needs.values(), exclusive={needs[title]: letter for title, letter in exclusive},
        )  # fmt: skip

    return prepare


def type_all(cast, vote, ballots, women=1):
    """``ballots``: by RT. On the ballot: 1 Lampu, 2 Sumur, 3 Selokan, 4 Jalan."""
    for who in (cast.cadre, cast.facilitator):
        for one in vote.stations.all():
            typed = ballots[one.rt]
            type_in(who, one, typed, women=min(women, len(typed.splitlines())))


def funded(vote):
    return {one.title: one.funded for one in queries.options(vote)}


def test_a_ranking_gives_its_first_place_most(cast, held):
    """Up to three places weigh 3, 2, 1. Jalan: 3+3+3 = 9; Selokan: 2+3+3 = 8; Sumur (RT 01): 3+1 = 4; Lampu: 2.

    110 million: Sumur (20) out of the share of the poorest RT, Jalan (50), then Selokan (60) does not fit, Lampu does.
    """
    vote = held(ballot="ranking")
    with clock.at(DAY):
        type_all(cast, vote, {"01": "2 1", "02": "4 3 2", "03": "3\n4", "04": "4\n3"})
        closed(cast, vote)
    tally = queries.counted(vote).opinion.first.tally
    assert tally == [2, 4, 8, 9]
    assert funded(vote) == {"Lampu": True, "Sumur": True, "Selokan": False, "Jalan": True}


def test_points_are_added_up(cast, held):
    """Selokan: 6+4 = 10, Jalan: 4+5 = 9, Sumur: 5, Lampu: 1; without a share of the poorest Selokan (60), then Jalan (50)."""
    vote = held(ballot="points", points=10, points_most=6, poorest_share_percent=0)
    with clock.at(DAY):
        type_all(cast, vote, {"01": "2:5 1:1", "02": "3:6 4:4", "03": "3:4", "04": "4:5"})
        closed(cast, vote)
    assert queries.counted(vote).opinion.first.tally == [1, 5, 10, 9]
    assert funded(vote) == {"Lampu": False, "Sumur": False, "Selokan": True, "Jalan": True}
    assert [one.votes for one in queries.options(vote)] == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("kind", "line", "clause"),
    [
        ("points", "1:7", "vote.p2kp2.points"),
        ("points", "1:6 2:5", "vote.p2kp2.points"),
        ("points", "1:0", "vote.p2kp2.points"),
        ("points", "1 2", "planning.ballots"),
        ("points", "1:2 1:3", "planning.ballots"),
        ("ranking", "4 1 4", "planning.ballots"),
        ("ranking", "1 2 3 4", "vote.p2kp2.ballot_marks"),
        ("one", "1 2", "vote.p2kp2.ballot_marks"),
        ("one", "5", "planning.ballots"),
    ],
)
def test_a_ballot_that_its_kind_does_not_allow_is_refused(cast, held, kind, line, clause):
    vote = held(ballot=kind, points_most=6)
    with clock.at(DAY), pytest.raises(Refusal) as refusal:
        type_in(cast.cadre, vote.stations.first(), line)
    assert clause in clauses(refusal)


def test_of_needs_that_exclude_each_other_one_is_funded(cast, held, client):
    vote = held(exclusive=[("Selokan", "A"), ("Lampu", "A")], poorest_share_percent=0)
    assert facts.rule(vote).exclusive == ((1, 3),)
    with clock.at(DAY):
        type_all(cast, vote, {"01": "3 1", "02": "3 1", "03": "3 4\n4", "04": "2 3"})
        closed(cast, vote)
    assert funded(vote) == {"Selokan": True, "Lampu": False, "Jalan": True, "Sumur": False}
    client.force_login(cast.facilitator)
    here = {"ward": WARD, "vote": vote.id}
    page = client.get(reverse("planning:vote", kwargs=here)).content.decode()
    assert "Nomor 1, 3 tidak dapat didanai bersama" in page


def test_votes_of_women_and_men_are_told_apart_and_few_are_hidden(cast, held, client):
    vote = held(by_sex=True)
    here = {"01": "P 2\nP 2\nP 1", "02": "P 3\nP 3\nL 4", "03": "L 4\nL 4\nL 4", "04": "L 3"}
    with clock.at(DAY):
        with pytest.raises(Refusal) as refusal:
            type_in(cast.cadre, vote.stations.get(rt="01"), here["01"], women=2)
        assert clauses(refusal) == ["planning.ballots"]
        with pytest.raises(Refusal):
            type_in(cast.cadre, vote.stations.get(rt="01"), "2\n2")  # says neither P nor L
        for who in (cast.cadre, cast.facilitator):
            for one in vote.stations.all():
                type_in(who, one, here[one.rt], women=here[one.rt].count("P"))
        closed(cast, vote)
    client.force_login(cast.facilitator)
    page = client.get(reverse("planning:by_place", kwargs={"ward": WARD, "vote": vote.id})).content.decode()  # fmt: skip
    women = page[page.index("Perempuan (P)") :].split("</tr>")[0]
    assert 'data-label="3"' in women and "<span>2</span>" in women  # two women marked the drain
    assert "Laki-laki (L)" in page
    assert page.count("RT 01 RW 01") == 1
    assert papers.minutes(vote, "Contoh", "http://localhost/").startswith(b"%PDF")


def test_the_form_gives_letters_and_the_ballot_says_how_to_fill_it(cast, held, client):
    needs = {one.title: one.id for one in queries.open_needs(WARD, "physical")}
    client.force_login(cast.facilitator)
    to = reverse("planning:prepare", kwargs={"ward": WARD, "component": "physical"})
    typed = {"budget": "110.000.000", "held_on": DAY.isoformat(), "needs": list(needs.values())}
    typed |= {f"apart-{needs['Jalan']}": "B", f"apart-{needs['Sumur']}": "B"}
    assert client.post(to, typed).status_code == 302
    (vote,) = queries.votes(WARD)
    assert facts.rule(vote).exclusive == ((2, 4),)
    assert papers.ballots(vote.stations.first(), "Contoh").startswith(b"%PDF")
