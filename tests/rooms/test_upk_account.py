"""The UPK's account of a year says what the books, the closes and the health card say."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.upk import queries as fund
from pendamping.funds.upk import waiting
from pendamping.funds.upk.books import catalog
from pendamping.funds.upk.books.shape import month_of
from pendamping.funds.upk.models import MonthClose
from pendamping.funds.upk.rules import yearly as rules
from pendamping.funds.upk.yearly import account as reading
from pendamping.institutions import queries as groups
from pendamping.kernel import clock
from tests import lending
from tests.closing import close_year
from tests.gatherings import decide, meet
from tests.lending import pay
from tests.rooms.test_desk import desk_of
from tests.rooms.test_upk_years import DECEMBER, DECIDED, MET, pay_from, share, spend, year

__all__ = ["year"]  # the stage

pytestmark = pytest.mark.django_db

TODAY = date(2005, 2, 20)
SUBJECT = rules.subject(2004)


def account(cast, number=2004, on=TODAY):
    with clock.at(on), override("en"):
        found = reading.account(cast.ward, reading.span_of(cast.ward, number))
        return found, {part.key: part for part in found.parts}


def table(part, title):
    (found,) = [one for one in part.tables if one.title == title]
    return found


def row(part, title, name):
    (found,) = [one.cells for one in table(part, title).rows if one.cells[0].endswith(name)]
    return found[1:]


def test_its_figures_are_those_of_the_closed_year(year):
    done = close_year(year, 2004)
    found, parts = account(year)
    assert found.final
    assert row(parts["summary"], "Money of the year", "Income") == (done.income,)
    assert row(parts["summary"], "Money of the year", "Cost") == (done.cost,)
    assert table(parts["income"], "Month by month").foot[1:] == (
        done.income,
        done.cost,
        done.profit,
    )
    kept = MonthClose.objects.get(ward=year.ward, month=DECEMBER).figures
    by_class = {
        one.cells[0][0]: one.cells[3:5] for one in table(parts["portfolio"], "Collectibility").rows
    }
    assert by_class["1"] == (kept["classes"][0]["loans"], kept["classes"][0]["outstanding"])
    assert (
        row(parts["portfolio"], "Reserve for loans that may not come back", "hold")[1]
        == kept["reserve"][1]
    )
    assert row(parts["cash"], "Cash and bank, 31 December 2004", "Cash box")[:2] == (
        kept["cash"]["in_books"], kept["cash"]["counted"],
    )  # fmt: skip
    card = {one.key: one for one in fund.card(year.ward, DECEMBER).indicators}
    said = row(parts["health"], "At the end of each quarter", card["ccr"].name["en"])
    assert said[-1].startswith(card["ccr"].share.percent())


def test_its_balance_sheet_is_that_of_the_last_month(year):
    close_year(year, 2004)
    _found, parts = account(year)
    month = month_of(date(2004, 12, 1), TODAY)
    with override("en"):
        sheet = catalog.book(catalog.BY_KEY["balance-sheet"], year.ward, month)
    for mine, theirs in zip(parts["balance"].tables, sheet.tables, strict=False):
        assert mine.foot[2] == theirs.foot[2]
    assert all(tie.holds for part in parts.values() for tie in part.ties)


def test_how_the_year_went_can_be_checked_by_hand(year, loan):
    _found, parts = account(year)
    who = [one.cells[1] for one in table(parts["summary"], "Who borrowed").rows]
    assert who == [1, 1, 5, 5, 0]
    money = [one.cells[1] for one in table(parts["summary"], "Money of the year").rows]
    assert money == [2_500_000, 1_250_000, 187_500, 187_500, 72_500, 115_000]
    assert money[2] == -books.balance(year.ward, "service_income", DECEMBER)
    assert loan.principal - money[1] == books.balance(year.ward, "loans", DECEMBER)


def test_it_is_provisional_before_the_year_is_closed_and_while_it_runs(year):
    found, parts = account(year)
    assert (found.final, found.span.last) == (False, DECEMBER)
    assert "Provisional" in found.state
    assert [one.subject for one in found.decisions] == [
        SUBJECT
    ]  # no profit is shared of an open year
    running, parts = account(year, 2005, date(2005, 1, 10))
    assert (running.final, running.span.last, running.decisions) == (False, date(2005, 1, 10), [])
    assert table(parts["income"], "Cost").columns[1].label == "2005, to 10 Jan"
    with clock.at(date(2005, 1, 10)):
        assert reading.span_of(year.ward, 2006) is None
        assert reading.span_of(year.ward, 2003) is None


def test_the_shares_go_from_proposed_to_decided_to_booked_and_say_what_became_of_them(year):
    _found, parts = account(year)
    assert row(parts["profit"], "Profit of 2004", "Capital") == (50, "at least 50 %", 57_500)
    close_year(year, 2004)
    _found, parts = account(year)
    assert row(parts["profit"], "Profit of 2004", "Capital")[2] == 57_500
    assert "by the guideline" in parts["profit"].says[0]
    meeting = yearly_meeting(year, DECIDED)
    assert "not booked yet" in account(year)[1]["profit"].says[0]
    share(year, meeting)
    found, parts = account(year)
    assert "Booked on 22 January 2005" in parts["profit"].says[0]
    assert table(parts["profit"], "Profit of 2004").foot == ("Shared", 100, "", 115_000)
    assert [one.met is not None for one in found.decisions] == [False, True]
    with clock.at(date(2005, 1, 26)):
        pay_from(year, "social_fund", 20_000)
        pay_from(year, "bonus_fund", 11_500)
    _found, parts = account(year, 2005)
    title = "What became of the shares of earlier years"
    became = {one.cells[0]: one.cells[1:] for one in table(parts["profit"], title).rows}
    assert became["Social fund from profit"] == (0, 23_000, 20_000, 3_000, "paid out in part")
    assert became["Bonus of the UPK, from profit"][-1] == "paid out"
    assert became["Training fund from profit"][-1] == "not paid out"


def test_a_loss_leaves_nothing_to_share(cast, loan):
    spend(cast, date(2004, 11, 28), 60_000)
    _found, parts = account(cast)
    assert "The year made no profit; there is nothing to share." in parts["profit"].says
    assert table(parts["profit"], "Profit of 2004").foot[3] == 0


def test_groups_in_arrears_are_named_and_small_ones_are_not(cast, loan):
    large = lending.form_group(cast, lending.residents_of(cast, 6))
    lending.prepare(cast, large)
    lending.lend(cast, large)
    close_to = date(2004, 12, 20)
    with clock.at(close_to):
        (_found, parts) = account(cast, 2004, close_to)
    late = table(parts["portfolio"], "Loans in arrears")
    assert {one.cells[0] for one in late.rows} == {loan.group_name, large.name}
    owed = sum(one.state.late for one in loan_book.book(cast.ward, close_to).rows)
    assert late.foot[2] == owed > 0
    with clock.at(close_to), fewer_than(cast, 6):
        _found, parts = account(cast, 2004, close_to)
    late = table(parts["portfolio"], "Loans in arrears")
    assert [one.cells[0] for one in late.rows] == ["Groups of few members, together"]
    assert late.foot[2] == owed


def fewer_than(cast, least):
    """The ward's guideline hides groups of fewer members than this."""
    from unittest.mock import patch

    from pendamping.guidelines import queries as guidelines

    section = guidelines.section

    def changed(name, *where):
        found = section(name, *where)
        return {**found, "least_shown": least} if name == "transparency" else found

    return patch.object(guidelines, "section", changed)


def test_what_was_written_off_and_recovered_stands_apart_from_what_came_back(fund, loan):
    pay(fund, loan, date(2004, 8, 12), 287_500)
    on = date(2005, 11, 20)
    people = [one.person_id for one in groups.members(loan.group_id, lending.PAID_OUT)]
    with clock.at(on):
        loans.set_reserve_aside(by=fund.treasurer, ward=fund.ward, month=date(2005, 10, 31))
        met = decide(
            fund,
            meet(fund, people, kind="citizens", on=on, eligible=5),
            f"loans.write_off:{loan.id}:early",
        )
        loans.write_off(
            by=fund.chair, ward=fund.ward, loan_id=loan.id, on=on, meeting_id=met.id, why="pindah"
        )
    with clock.at(on + timedelta(days=5)):
        pay(fund, loan, on + timedelta(days=5), 100_000)
        span = loan_book.in_span(fund.ward, date(2005, 1, 1), on + timedelta(days=5))
    assert (span.write_offs, span.written_off, span.recovered) == (1, 2_250_000, 100_000)
    assert (span.loans, span.lent, span.principal, span.service) == (0, 0, 0, 0)
    first = loan_book.in_span(fund.ward, date(2004, 1, 1), DECEMBER)
    assert (first.loans, first.lent, first.principal, first.service) == (
        1,
        2_500_000,
        250_000,
        37_500,
    )


# --- the meeting --------------------------------------------------------------------------------


def yearly_meeting(cast, subject, on=MET):
    group = groups.groups(cast.ward)[0]
    people = [one.person_id for one in groups.members(group.id, on)]
    met = meet(cast, people, kind="yearly", on=on, eligible=len(people))
    return decide(cast, met, subject).id


def asked(cast, on=TODAY):
    with clock.at(on):
        return [one for one in waiting.to_decide(cast.ward, on) if one.subject == SUBJECT]


def test_a_meeting_is_offered_the_account_until_one_has_taken_it(year):
    (matter,) = asked(year)
    assert matter.kinds == ("yearly",)
    meeting = yearly_meeting(year, SUBJECT)
    assert asked(year) == []
    found, _parts = account(year)
    assert found.decisions[0].met.meeting_id == meeting
    assert not found.decisions[0].against


def tasks(cast, who, on):
    with clock.at(on):
        desk = desk_of(cast, who, on)
        return [one for one in [*desk.tasks, *desk.coming] if one.kind == "yearly_account"]


def test_the_desk_reminds_unit_and_board_from_a_month_before_it_is_due(year):
    due, reminded = date(2005, 3, 31), date(2005, 3, 1)
    assert tasks(year, "treasurer", reminded - timedelta(days=1)) == []
    for who in ("treasurer", "chair"):
        (task,) = tasks(year, who, reminded)
        assert (task.due, task.page, task.parts) == (due, "upk:account", {"year": "2004"})
    assert tasks(year, "facilitator", reminded) == []
    yearly_meeting(year, SUBJECT)
    assert tasks(year, "treasurer", reminded) == []


def test_no_account_is_asked_of_a_fund_that_lent_nothing(cast):
    lending.open_fund(cast)
    assert asked(cast) == []
    assert tasks(cast, "treasurer", date(2005, 4, 1)) == []


# --- page, paper, workbook ----------------------------------------------------------------------


def address(cast, name="upk:account", number=2004):
    return reverse(name, kwargs={"ward": cast.ward, "year": number})


@pytest.mark.parametrize(("lang", "said"), [("id", "Sementara"), ("en", "Provisional")])
def test_page_and_paper_are_there_in_both_languages(year, client, lang, said):
    client.force_login(year.treasurer)
    client.cookies["django_language"] = lang
    with clock.at(TODAY):
        page = client.get(address(year))
        assert page.status_code == 200
        assert said in page.content.decode()
        assert client.get(address(year, "upk:account_pdf")).content.startswith(b"%PDF")
        assert client.get(address(year, number=2003)).status_code == 404
        assert client.get(address(year, "upk:account_pdf", 2009)).status_code == 404


def test_the_page_leads_to_the_meeting_and_from_the_year_to_the_page(year, client):
    close_year(year, 2004)
    client.force_login(year.chair)
    with clock.at(TODAY):
        page = client.get(address(year)).content.decode()
        assert "subject=upk.yearly_account%3A2004" in page
        assert reverse("meetings:call", kwargs={"ward": year.ward}) in page
        meeting = yearly_meeting(year, SUBJECT)
        page = client.get(address(year)).content.decode()
        assert reverse("meetings:meeting", kwargs={"ward": year.ward, "meeting": meeting}) in page
        for name, where in (("upk:year", {"year": 2004}), ("upk:closes", {}), ("upk:books", {})):
            page = client.get(reverse(name, kwargs={"ward": year.ward, **where}))
            assert address(year) in page.content.decode() or name == "upk:books"


def test_the_workbook_holds_the_same_figures(year, client):
    client.force_login(year.treasurer)
    client.cookies["django_language"] = "en"
    with clock.at(TODAY):
        answer = client.get(address(year, "upk:account_xlsx"))
    book = load_workbook(io.BytesIO(answer.content))
    assert len(book.sheetnames) == 10
    rows = {line[0]: line[1:] for line in book[book.sheetnames[1]].iter_rows(values_only=True)}
    assert rows["Profit or loss"][0] == 115_000


def test_the_packet_of_the_yearly_meeting_has_it_in_short(year):
    with clock.at(TODAY), override("en"):
        found = {title: rows for title, _head, rows, _note in reading.in_short(year.ward, 2004)}
        assert found["UPK 2004: Money of the year"][-1] == ["Profit or loss", "115.000"]
        assert reading.in_short(year.ward, 2003) == []
