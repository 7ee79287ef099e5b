"""Every action of a form that is sent again: the same counts once, anything else in it is refused."""

import inspect
from dataclasses import is_dataclass, replace
from datetime import date, timedelta
from importlib import import_module
from pkgutil import walk_packages

import pytest

import pendamping
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import Refusal
from pendamping.trail.actions import record
from pendamping.trail.models import Event
from pendamping.trail.writing import action
from tests.rooms.resent_cases import CASES

pytestmark = pytest.mark.django_db
TODAY = date(2005, 2, 1)
# tested where its stage stands
ELSEWHERE = {"upk.pay_share": "test_upk_years"}


def with_request():
    """Every action that takes a ``request_id``: its verb."""
    for found in walk_packages(pendamping.__path__, "pendamping."):
        if ".actions" in found.name:
            for one in vars(import_module(found.name)).values():
                if hasattr(one, "verb") and "request_id" in inspect.signature(one).parameters:
                    yield one.verb


def test_every_action_with_a_request_has_its_case_here():
    assert set(with_request()) == CASES.keys() | ELSEWHERE.keys()


def other(value):
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, date):
        return value - timedelta(days=1)
    if isinstance(value, str):
        return f"{value} lain".strip()
    if is_dataclass(value):
        return replace(value, name=f"{value.name} Lain")
    if isinstance(value, dict):
        key = next(iter(value))
        return {**value, key: other(value[key])}
    if isinstance(value, list | tuple):
        return [*value[:-1], other(value[-1])] if value else ["lain"]
    raise TypeError(value)


def contents(action, told, others):
    """What the form says, argument by argument, each with another value."""
    plain = inspect.unwrap(action)
    aside = {"by", "ward", "request_id", *getattr(plain, "told_aside", ())}
    for name, one in inspect.signature(plain).parameters.items():
        if name not in aside:
            value = told.get(name, one.default)
            yield name, others[name] if name in others else other(value)


@pytest.mark.parametrize("verb", CASES)
def test_the_same_counts_once_and_anything_else_in_it_is_refused(fund, verb):
    room, case = CASES[verb]
    action = getattr(room, verb.split(".")[1])
    with clock.at(TODAY):
        made = case(fund)
        told, others = made if isinstance(made, tuple) else (made, {})
        told |= {"ward": fund.ward, "request_id": new_id()}
        first = action(**told)
        written = Event.objects.count()
        assert action(**told) == first
        accepted = []
        for name, value in contents(action, told, others):
            try:
                action(**{**told, name: value})
                accepted.append(name)
            except Refusal as refusal:
                clauses = [one.clause for one in refusal.reasons]
                assert clauses[0].endswith(".request"), (name, clauses)
    assert accepted == []
    assert Event.objects.count() == written


@action
def before_marks(*, by, act, told):
    """A form as the version before marks took it: the record carries its id, no mark is kept."""
    record(by=by, ward="", record="form")
    return act(**told)


@pytest.mark.parametrize(
    "verb", ["meetings.call_meeting", "cadres.note_deed", "loans.record_repayment"]
)
def test_a_form_of_the_version_before_marks_is_said_to_be_recorded_already(fund, verb):
    room, case = CASES[verb]
    act = getattr(room, verb.split(".")[1])
    with clock.at(TODAY):
        made = case(fund)
        told = made[0] if isinstance(made, tuple) else made
        told |= {"ward": fund.ward, "request_id": new_id()}
        first = before_marks(by=fund.system, act=act, told=told)
        written = Event.objects.count()
        with pytest.raises(Refusal) as refused:
            act(**told)
    (reason,) = refused.value.reasons
    assert (reason.clause, reason.values) == ("trail.request", {"day": TODAY})
    assert reason.where["record"].endswith(f":{first.pk}")
    assert Event.objects.count() == written
