"""Who reads whose debts by name: every page and paper of a loan and of savings, role by role."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from pendamping.access import actions as access
from pendamping.funds.loans import actions as loans
from pendamping.funds.savings import actions as savings
from pendamping.funds.upk import actions as upk
from pendamping.funds.upk.opening import begun
from pendamping.institutions import actions as institutions
from pendamping.institutions import queries as groups
from pendamping.kernel import clock
from tests import lending, opening
from tests.lending import PAID_OUT
from tests.staging import staged

pytestmark = pytest.mark.django_db

READS = ("facilitator", "cadre", "chair", "treasurer", "verifier", "officer")
OTHERS = ("neighbour", "lead", "ward_admin", "administrator")
ALIKE = {
    "cadre",
    "chair",
    "verifier",
}  # they read what the facilitator reads; printing it all takes a while
WHO = [
    pytest.param(who, marks=pytest.mark.prove if who in ALIKE else ()) for who in (*READS, *OTHERS)
]

PAGES = (
    # address, and whether who may not read the names still sees the page, with numbers instead
    ("loans:list", True),
    ("loans:loan", True),
    ("loans:card", True),
    ("loans:contract", False),
    ("loans:payout_pdf", False),
    ("loans:members", True),
    ("loans:members_pdf", True),
    ("loans:sheet", True),
    ("loans:sheet_pdf", False),
    ("loans:blank", False),
    ("loans:collection_loan", True),
    ("loans:letter", False),
    ("loans:cycles", True),
    ("savings:card", True),
    ("savings:card_pdf", True),
    ("savings:receipt", True),
    ("savings:receipt_pdf", False),
)

NAMELESS = {"loans:list", "loans:cycles", "loans:collection_loan"}


@staged
def stage(cast):
    """A loan that is behind, with a sheet, a letter and a member's own saving; two officers."""
    lending.open_fund(cast)
    group = lending.form_group(cast)
    lending.prepare(cast, group)
    loan = lending.lend(cast, group)
    people = groups.members(group.id, PAID_OUT)
    day = PAID_OUT + timedelta(days=100)
    with clock.at(day):
        saved = savings.record_deposit(
            by=cast.treasurer, ward=cast.ward, group_id=group.id, on=day, amount=5_000,
            person=people[0].person_id,
        )  # fmt: skip
        sheet = loans.record_sheet(
            by=cast.treasurer, ward=cast.ward, on=day,
            groups=[{"loan": loan.id, "lines": [
                {"person": people[0].person_id, "paid": 60_000, "saved": 0,
                 "covers": [{"by": people[1].person_id, "amount": 10_000}]},
            ]}],
        )  # fmt: skip
        step = loans.record_collection_step(
            by=cast.treasurer,
            ward=cast.ward,
            loan_id=loan.id,
            on=day,
            step="letter",
            until=day + timedelta(days=14),
            note="tidak bertemu siapa pun",
        )
        other = lending.form_group(cast)
        neighbour, _code = access.invite(
            by=cast.system, ward=cast.ward, username="tetangga", name="Contoh Tetangga",
            role="group_officer",
        )  # fmt: skip
        for one, user in ((group, cast.officer), (other, neighbour)):
            institutions.set_followers(
                by=cast.facilitator, ward=cast.ward, group_id=one.id, usernames=[user.username]
            )
    cast.players["neighbour"] = neighbour
    return {
        "names": [one.name for one in people],
        "day": day,
        "keys": {"loan": loan.id, "group": group.id, "sheet": sheet.id, "step": step.id,
                 "movement": saved.id},
    }  # fmt: skip


def address(cast, stage, name):
    from tests.architecture.test_addresses import addresses

    route = next(route for known, route, _view in addresses() if known == name)
    keys = {key: value for key, value in stage["keys"].items() if f":{key}>" in route}
    query = f"?loan={stage['keys']['loan']}" if name == "loans:blank" else ""
    return reverse(name, kwargs={"ward": cast.ward, **keys}) + query


def text(response):
    if response["Content-Type"] == "application/pdf":
        pages = PdfReader(io.BytesIO(response.content)).pages
        return " ".join(" ".join(page.extract_text().split()) for page in pages)
    return response.content.decode()


@pytest.mark.parametrize("who", WHO)
def test_only_who_works_with_the_debts_and_the_own_officer_read_the_names(client, cast, stage, who):
    client.force_login(getattr(cast, who))
    shown, named = {}, set()
    with clock.at(stage["day"]):
        for name, _masked in PAGES:
            response = client.get(address(cast, stage, name))
            shown[name] = response.status_code
            if any(one in text(response) for one in stage["names"]):
                named.add(name)
    if who in READS:
        assert set(shown.values()) == {200}
        assert named == {name for name, _ in PAGES} - NAMELESS
    else:
        assert shown == {name: 200 if masked else 403 for name, masked in PAGES}
        assert not named


def test_members_are_numbered_where_their_names_are_not_to_be_read(client, cast, stage):
    client.force_login(cast.lead)
    with clock.at(stage["day"]):
        for name in ("loans:loan", "loans:members", "loans:card"):
            page = text(client.get(address(cast, stage, name)))
            assert "anggota 1 dari 5" in page, name


def test_an_officer_reads_the_members_of_the_own_group_and_no_other_ones(client, cast, stage):
    page = reverse(
        "institutions:group", kwargs={"ward": cast.ward, "group": stage["keys"]["group"]}
    )
    for who, reads in ((cast.officer, True), (cast.neighbour, False), (cast.chair, True)):
        client.force_login(who)
        with clock.at(stage["day"]):
            shown = text(client.get(page))
        assert all(one in shown for one in stage["names"]) is reads
        assert any(one in shown for one in stage["names"]) is reads


def test_what_was_agreed_with_whom_is_read_where_the_names_are(client, cast, stage):
    keys = {"ward": cast.ward, "loan": stage["keys"]["loan"]}
    for who, reads in ((cast.officer, True), (cast.neighbour, False), (cast.treasurer, True)):
        client.force_login(who)
        with clock.at(stage["day"]):
            shown = text(client.get(reverse("loans:collection_loan", kwargs=keys)))
        assert ("tidak bertemu siapa pun" in shown) is reads


def test_who_may_tick_no_group_is_not_told_to(client, cast, stage):
    page = reverse("loans:collect", kwargs={"ward": cast.ward})
    for who, ticks in ((cast.treasurer, True), (cast.lead, False)):
        client.force_login(who)
        with clock.at(stage["day"] + timedelta(days=1)):
            shown = text(client.get(page))
        assert ("Tandai kelompok yang bertemu" in shown) is ticks
        assert ('type="checkbox" name="loan"' in shown) is ticks


def test_neither_the_books_as_a_workbook_nor_the_trail_nor_a_search_name_a_debtor(
    client, cast, stage
):
    client.force_login(cast.lead)
    here = {"ward": cast.ward}
    with clock.at(stage["day"]):
        workbook = client.get(reverse("upk:workbook", kwargs=here))
        assert workbook.status_code == 200
        cells = [
            str(cell)
            for sheet in load_workbook(io.BytesIO(workbook.content)).worksheets
            for row in sheet.iter_rows(values_only=True)
            for cell in row
        ]
        trail = client.get(reverse("desk:trail", kwargs=here)).content.decode()
        group = client.get(
            reverse("institutions:group", kwargs={**here, "group": stage["keys"]["group"]})
        )
        found = client.get(reverse("households:list", kwargs=here), {"q": stage["names"][0]})
    said = [*cells, trail, group.content.decode()]
    assert not [one for one in stage["names"] for each in said if one in each]
    assert found.status_code == 403


STEPS = ("upload", "names", "balances", "discard", "propose", "return", "confirm")


@pytest.mark.parametrize("who", ["lead", "secretary"])
@pytest.mark.parametrize("proposed", [False, True])
def test_no_step_of_an_old_book_names_its_debtors_to_who_may_not_take_it(
    client, cast, who, proposed
):
    with clock.at(opening.TODAY):
        names = [name for _, name in opening.people(cast)]
        sheets = opening.rows(names if proposed else [f"{names[0]} X", *names[1:]])
        opening.stage(cast, opening.workbook(sheets))
        if proposed:
            upk.propose_opening(by=cast.treasurer, ward=cast.ward)
        client.force_login(getattr(cast, who))
        where = reverse("upk:opening", kwargs={"ward": cast.ward})
        before = begun.opening(cast.ward).state
        said = [client.get(where).content.decode()]
        for step in STEPS:
            answer = client.post(where, {"step": step, "name_0": "bogus", "meeting_id": "bogus"})
            assert answer.status_code in (403, 409), step
            said.append(answer.content.decode())
        assert begun.opening(cast.ward).state == before
    assert not [name for name in names if any(name in one for one in said)]
