"""A form that is sent again books nothing again; every action that posts money says why it cannot."""

import ast
import inspect
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

import pendamping
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger.models import Entry
from pendamping.funds.upk import actions as upk
from pendamping.funds.upk.inventory.models import Item
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.trail import writing

ON = date(2004, 9, 30)

# actions that post money without a request of their own: what they do can be done only once
ONCE_BY_THEMSELVES = {
    "grants.move_between_windows": "what a meeting decided is moved once",
    "grants.receive_tranche": "a tranche that was asked for comes once",
    "grants.take_back": "a movement is reversed once",
    "ledger.reverse": "an entry is reversed once",
    "loans.disburse": "only a loan that is approved and not paid out",
    "loans.reschedule": "what a meeting decided is entered once",
    "loans.reverse_repayment": "a payment is reversed once",
    "loans.reverse_sheet": "a sheet is reversed once",
    "loans.set_reserve_aside": "posts only what is missing at the month's end",
    "loans.take_back_paid_back": "taken back once",
    "loans.take_back_refund": "taken back once",
    "loans.take_back_rescheduling": "taken back once",
    "loans.take_back_write_off": "taken back once",
    "loans.write_off": "only a running loan",
    "practice.begin_anew": "the form names the practice ward that it puts away",
    "practice.open_practice_ward": "one practice ward is open beside a ward",
    "savings.reverse_movement": "a movement is reversed once",
    "upk.close_year": "a year is closed once until it is reopened",
    "upk.confirm_opening": "only balances that wait for the board",
    "upk.depreciate_month": "posts only what is left to take off",
    "upk.let_item_go": "a thing leaves once",
    "upk.post_bank_line": "only a line of a statement that is open",
    "upk.reopen_month": "a close is reopened once",
    "upk.take_back_opening": "only balances that were confirmed, once",
    "upk.split_profit": "a year's profit is shared once until it is taken back",
    "upk.take_back_split": "taken back once",
    "upk.unmatch_line": "only a line that is matched",
}


# --- the three that were booked as often as they were sent --------------------------------------


@pytest.fixture(autouse=True)
def at_the_desk(fund, client):
    client.force_login(fund.treasurer)
    with clock.at(ON):
        yield


def sent(page):
    """The request that a form on a page carries."""
    return page.content.decode().split('name="request_id" value="')[1].split('"')[0]


def voucher(fund, **other):
    given = {"kind": "out", "debit": "51010", "credit": "cash", "amount": 25_000, "on": ON}
    given |= {"narration": "Kertas dan tinta", "request_id": "r-1"}
    return ledger.record_voucher(by=fund.treasurer, ward=fund.ward, **{**given, **other})


@pytest.mark.django_db
def test_a_voucher_that_is_sent_three_times_is_booked_once(fund, client):
    address = reverse("ledger:voucher", kwargs={"ward": fund.ward})
    form = {"kind": "in", "money": "cash", "other": "programme_capital", "amount": "150.000"}
    form |= {"on": ON.isoformat(), "narration": "Modal", "request_id": sent(client.get(address))}
    before = Entry.objects.count()
    answers = [client.post(address, form) for _ in range(3)]
    assert Entry.objects.count() == before + 1
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    other = client.post(address, {**form, "amount": "150.001"})
    assert (other.status_code, Entry.objects.count()) == (409, before + 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [
        {"amount": 25_001},
        {"on": date(2004, 9, 29)},
        {"narration": "Lampu"},
        {"debit": "51020"},
        {"credit": "bank"},
        {"kind": "in"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_voucher_form_that_now_asks_for_something_else_is_refused(fund, other):
    made = voucher(fund)
    assert voucher(fund, debit=ledger.lines_of(made)[0][0]).id == made.id  # by key as by code
    with pytest.raises(Refusal) as refusal:
        voucher(fund, **other)
    assert [one.clause for one in refusal.value.reasons] == ["ledger.request"]


@pytest.mark.django_db
def test_a_voucher_that_is_sent_again_is_there_even_when_the_cash_is_gone(fund):
    made = voucher(fund)
    everything = ledger.queries.lowest(fund.ward, "cash", ON)
    voucher(fund, amount=everything, request_id="r-2")
    assert voucher(fund).id == made.id


@pytest.mark.django_db
def test_two_vouchers_that_look_alike_are_two(fund):
    assert voucher(fund).id != voucher(fund, request_id="r-2").id
    assert voucher(fund, request_id="").id != voucher(fund, request_id="").id


@pytest.mark.django_db
def test_the_database_keeps_one_entry_of_a_request_for_good(fund):
    made, other = voucher(fund), voucher(fund, request_id="r-2")
    for sql in (
        f"INSERT INTO ledger_request (id, entry_id) VALUES ('r-1', '{other.id}')",
        f"INSERT INTO ledger_request (id, entry_id) VALUES ('r-3', '{made.id}')",
        "UPDATE ledger_request SET id = 'r-9' WHERE id = 'r-1'",
        "DELETE FROM ledger_request",
    ):
        with (
            pytest.raises(IntegrityError),
            writing.migrating(),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert ledger.entry_of("r-1") == made


def buy(fund, **other):
    given = {"name": "Meja kerja", "on": ON, "cost": 90_000, "residue": 0, "life_months": 9}
    given |= {"money": "cash", "request_id": "b-1"}
    return upk.buy_item(by=fund.treasurer, ward=fund.ward, **{**given, **other})


@pytest.mark.django_db
def test_a_thing_that_is_sent_three_times_is_bought_once(fund, client):
    address = reverse("upk:inventory", kwargs={"ward": fund.ward})
    form = {"name": "Meja kerja", "on": ON.isoformat(), "cost": "90.000", "residue": "0"}
    form |= {"life_months": "9", "money": "cash", "request_id": sent(client.get(address))}
    before = Entry.objects.count()
    assert [client.post(address, form).status_code for _ in range(3)] == [302] * 3
    assert (Item.objects.count(), Entry.objects.count()) == (1, before + 1)
    assert client.post(address, {**form, "cost": "80.000"}).status_code == 409


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [
        {"name": "Kursi"},
        {"on": date(2004, 9, 29)},
        {"cost": 90_001},
        {"residue": 1},
        {"life_months": 10},
        {"money": "bank"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_form_that_bought_a_thing_buys_no_other(fund, other):
    assert buy(fund).id == buy(fund).id
    with pytest.raises(Refusal) as refusal:
        buy(fund, **other)
    assert [one.clause for one in refusal.value.reasons] == ["upk.item.request"]


@pytest.mark.django_db
def test_a_request_of_a_voucher_buys_nothing_and_one_of_a_thing_writes_no_voucher(fund):
    voucher(fund), buy(fund)
    with pytest.raises(Refusal, match="booked B-2004-0001 already"):
        buy(fund, request_id="r-1")
    with pytest.raises(Refusal, match="booked B-2004-0002 already"):
        voucher(fund, request_id="b-1")


# --- and everybody who posts --------------------------------------------------------------------


def functions():
    """Every function of the program's modules, with the lines that it is written in."""
    for found in walk_packages(pendamping.__path__, "pendamping."):
        if ".migrations" in found.name or found.name.endswith("__main__"):
            continue
        module = import_module(found.name)
        for node in ast.parse(Path(module.__file__).read_text()).body:
            if isinstance(node, ast.FunctionDef):
                yield vars(module)[node.name], node


def named_in(function, node):
    """The functions of the program that a function names: ``f``, ``room.f``."""
    names = function.__globals__
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            found = names.get(part.id)
        elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            found = getattr(names.get(part.value.id), part.attr, None)
        else:
            continue
        if inspect.isfunction(found):
            yield inspect.unwrap(found)


def posting():
    """Actions that come to the books by any way through the program: by verb, whether once per request."""
    actions, calls = {}, {}
    for made, node in functions():
        plain = inspect.unwrap(made)
        calls[plain] = set(named_in(plain, node))
        if verb := getattr(made, "verb", ""):
            actions[plain] = verb, getattr(made, "once_per_request", False)
    reach = {ledger.post, ledger.written, ledger.undo}
    while more := {one for one, named in calls.items() if named & reach} - reach:
        reach |= more
    return {verb: once for one, (verb, once) in actions.items() if one in reach}


def test_every_action_that_posts_money_is_once_per_request_or_says_why_it_needs_none():
    found = posting()
    assert {verb for verb, once in found.items() if not once} == set(ONCE_BY_THEMSELVES)
