"""Borrowers are drawn and asked by who takes no money; everybody reads figures, interviewers alone who said what."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from pendamping.access import actions as access
from pendamping.exchange.filling import rows_of
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.monitoring import actions, outcomes
from pendamping.monitoring.models import Asked, Interview, Sample
from pendamping.trail import queries as trail
from pendamping.trail.writing import migrating
from tests import lending
from tests.cast import WARD
from tests.staging import staged

pytestmark = pytest.mark.django_db

DAY = date(2004, 9, 1)  # one instalment of the loan is past its day, nothing was paid
GOOD = {"business": ["grown"], "instalments_from": ["business", "savings"], "who_used": ["self"]}


@pytest.fixture(autouse=True)
def today():
    with clock.at(DAY):
        yield DAY


@staged(at=DAY)
def drawn(fund, loan):
    """Four of the five who borrowed are drawn; all are behind."""
    cast = fund
    return cast, actions.draw_sample(by=cast.cadre, ward=WARD, size=4, seed="uji")


def tell(cast, asked, **changes):
    told = {"by": cast.cadre, "on": DAY, "answers": GOOD, **changes}
    return actions.record_interview(ward=WARD, asked_id=asked.id, **told)


def people(this):
    return [one.asked for one in outcomes.sample(WARD, this.id).people]


def clauses(refused):
    return [reason.clause.rpartition(".")[2] for reason in refused.value.reasons]


def page(user, name, data=None, **more):
    browser = Client()
    browser.force_login(user)
    address = reverse(f"monitoring:{name}", kwargs={"ward": WARD, **more})
    return browser.post(address, data) if data is not None else browser.get(address)


def test_a_sample_is_kept_with_its_seed_and_another_waits_until_all_were_asked(drawn):
    cast, this = drawn
    assert (this.seed, this.frame) == ("uji", {"behind": 5})
    assert [one.place for one in people(this)] == [1, 2, 3, 4]
    with pytest.raises(Refusal) as refused:
        actions.draw_sample(by=cast.facilitator, ward=WARD, size=3)
    assert clauses(refused) == ["waiting"]
    for one in people(this):
        tell(cast, one)
    again = actions.draw_sample(by=cast.facilitator, ward=WARD, size=4, seed="uji")
    assert [one.person_id for one in people(again)] == [one.person_id for one in people(this)]


def test_who_takes_money_or_is_no_interviewer_neither_draws_nor_asks(drawn):
    cast, this = drawn
    first = people(this)[0]
    for who in ("treasurer", "chair", "secretary", "ward_admin", "lead", "stranger"):
        for act in (
            lambda by: actions.draw_sample(by=by, ward=WARD, size=3),
            lambda by: tell(cast, first, by=by),
            lambda by: actions.ask_instead(by=by, ward=WARD, asked_id=first.id, why="pindah"),
        ):
            with pytest.raises(Refusal):
                act(cast.players[who])
    access.give_role(by=cast.system, ward=WARD, username=cast.treasurer.username, role="cadre")
    both = type(cast.treasurer).objects.get(
        pk=cast.treasurer.pk
    )  # a cadre too, and still at the till
    with pytest.raises(Refusal) as refused:
        tell(cast, first, by=both)
    assert clauses(refused) == ["treasurer"]


def test_somebody_else_is_asked_with_the_reason_until_nobody_is_left(drawn):
    cast, this = drawn
    first, second = people(this)[:2]
    told = {"by": cast.cadre, "ward": WARD, "asked_id": first.id}
    with pytest.raises(Refusal) as refused:
        actions.ask_instead(**told, why=" ")
    assert clauses(refused) == ["why"]
    other = actions.ask_instead(**told, why="Pulang kampung")
    assert (other.place, other.instead_of, other.stratum) == (5, first, "behind")
    assert other.person_id not in {one.person_id for one in people(this)[:4]}
    with pytest.raises(Refusal) as refused:
        actions.ask_instead(**told, why="Pulang kampung lagi")
    assert clauses(refused) == ["over"]
    with pytest.raises(Refusal) as refused:
        tell(cast, first)
    assert clauses(refused) == ["replaced"]
    with pytest.raises(Refusal) as refused:
        actions.ask_instead(by=cast.cadre, ward=WARD, asked_id=second.id, why="Sakit")
    assert clauses(refused) == ["nobody"]


def test_an_interview_is_refused_with_its_reason_and_typed_anew_with_one(drawn):
    cast, this = drawn
    first = people(this)[0]
    for changes, clause in (
        ({"answers": {}}, ["answers"]),
        ({"answers": {"business": ["lottery"]}}, ["answer"]),
        ({"answers": {"business": ["grown", "same"]}}, ["answer"]),
        ({"on": DAY + timedelta(days=1)}, ["day"]),
    ):
        with pytest.raises(Refusal) as refused:
            tell(cast, first, **changes)
        assert clauses(refused) == clause
    tell(cast, first)
    with pytest.raises(Refusal) as refused:
        tell(cast, first, answers={"business": ["shrunk"]})
    assert clauses(refused) == ["again"]
    tell(cast, first, answers={"business": ["shrunk"]}, why="Salah ketik")
    [told] = outcomes.sample(WARD, this.id).told
    assert told.answers == {"business": ["shrunk"]}


def test_figures_of_a_few_are_not_said_and_names_are_for_interviewers_alone(drawn):
    cast, this = drawn
    for one in people(this):
        tell(cast, one)
    few = page(cast.chair, "outcomes").content.decode()
    assert "n = 4" in few
    assert "100\xa0%" not in few
    other = people(actions.draw_sample(by=cast.cadre, ward=WARD, size=5, seed="lagi"))
    for one in other:
        tell(cast, one)
    shown = page(cast.chair, "outcomes").content.decode()
    assert "n = 5" in shown
    assert "100\xa0%" in shown
    names = [one.person.name for one in Asked.objects.select_related("person")]
    assert not [name for name in names if name in shown]
    inside = page(cast.cadre, "sample", sample=other[0].sample_id).content.decode()
    assert all(name in inside for name in names)
    assert page(cast.chair, "sample", sample=other[0].sample_id).status_code == 403
    assert page(cast.chair, "interview", asked=other[0].id).status_code == 403
    kept = str([trail.data(one) for one in trail.of_record(f"asked:{other[0].id}")])
    assert "grown" not in kept
    assert other[0].person_id not in kept
    assert "outcomes" not in rows_of(WARD)  # nothing of it goes out with the package


def test_the_form_asks_what_the_guideline_asks_and_keeps_what_was_ticked(drawn):
    cast, this = drawn
    first = people(this)[0]
    assert page(cast.cadre, "interview", {"on": ""}, asked=first.id).status_code == 422
    wrong = page(cast.cadre, "interview", {"on": "2004-09-01"}, asked=first.id)
    assert wrong.status_code == 409
    ticked = {"on": "2004-09-01", "q_business": "grown", "q_instalments_from": ["business", "sold"]}
    assert page(cast.cadre, "interview", ticked, asked=first.id).status_code == 302
    [told] = outcomes.sample(WARD, this.id).told
    assert told.answers == {"business": ["grown"], "instalments_from": ["business", "sold"]}
    assert page(cast.cadre, "interview", asked="none").status_code == 404


def test_what_is_kept_stands_against_the_database_too(drawn):
    cast, this = drawn
    tell(cast, people(this)[0])
    for model, change in (
        (Sample, {"seed": "lain"}),
        (Asked, {"place": 9}),
        (Interview, {"note": "lain"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), migrating():
            model.objects.update(**change)
    assert lending.PAID_OUT < DAY
