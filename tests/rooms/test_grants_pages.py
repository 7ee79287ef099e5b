"""The pages of the grant: who sees what, forms that do, refusals that say why, papers."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from pendamping.funds.grants import actions as grants
from pendamping.funds.grants import queries
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.households import queries as residents
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from tests import granting, lending
from tests.gatherings import board_decides
from tests.overtaken import OVERTAKEN, seen
from tests.staging import staged

pytestmark = pytest.mark.django_db

TODAY = date(2004, 9, 20)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture(autouse=True)
def in_september():
    with clock.at(TODAY):
        yield


@staged(at=TODAY)
def people(cast):
    return lending.residents_of(cast, 5)


@staged(at=TODAY)
def first(cast, people):
    return granting.first_tranche(cast)


@staged(at=TODAY)
def grant(cast, people, first):
    made = granting.agree(cast, lending.form_group(cast, people))
    grants.pay_grant(
        by=cast.secretary, ward=cast.ward, grant_id=made.id, on=date(2004, 6, 10), amount=10_000_000
    )
    return made


@pytest.fixture
def secretary(client, cast):
    client.force_login(cast.secretary)
    return client


def at(name, cast, **more):
    return reverse(f"grants:{name}", kwargs={"ward": cast.ward, **more})


def words(page):
    return page.content.decode()


def test_a_ward_without_allocation_says_what_comes_first(client, cast):
    client.force_login(cast.facilitator)
    page = client.get(at("home", cast))
    assert at("allocate", cast) in words(page)
    sent = {"year": 2004, "letter_no": "414/07", "letter_on": "2004-02-16", "population": 5000}
    assert client.post(at("allocate", cast), sent).status_code == 302
    assert "Rp\xa0250.000.000" in words(client.get(at("home", cast)))
    again = client.post(at("allocate", cast), sent)
    assert again.status_code == 409
    assert "sudah ada" in words(again)


def test_the_split_is_typed_once_the_meeting_is_there(client, cast, people):
    made = granting.allocate(cast)
    client.force_login(cast.chair)
    page = at("split", cast, allocation=made.id)
    assert reverse("meetings:call", kwargs={"ward": cast.ward}) in words(client.get(page))


@pytest.mark.parametrize("who", ["officer", "lead", "verifier", "secretary"])
def test_whoever_reads_sees_the_windows_and_is_offered_what_they_may(client, cast, first, who):
    client.force_login(getattr(cast, who))
    text = words(client.get(at("home", cast)))
    assert "Rp\xa030.000.000" in text
    assert (at("transfer", cast) in text) == (who == "secretary")
    assert "terlambat 21 hari" in text


def test_a_move_that_no_meeting_decided_leads_to_the_meeting(secretary, cast, first):
    meeting = board_decides(cast, "grants.transfer:social:physical:1", on=date(2004, 6, 14))
    sent = {"from_window": "social", "to_window": "physical", "amount": "4.000.000",
            "on": "2004-06-15", "why": "Gang longsor", "meeting_id": meeting}  # fmt: skip
    refused = secretary.post(at("transfer", cast), sent)
    assert refused.status_code == 409
    assert "subject=grants.transfer%3Asocial%3Aphysical%3A4000000" in words(refused)
    assert 'name="request_id"' in words(secretary.get(at("transfer", cast)))
    sent |= {"amount": "1", "request_id": new_id()}
    assert [secretary.post(at("transfer", cast), sent).status_code for _ in range(2)] == [302, 302]
    assert secretary.post(at("transfer", cast), {**sent, "why": "Lain"}).status_code == 409
    assert books.balance(cast.ward, "physical_bank") == 30_000_001


def test_capital_is_passed_on_from_the_window_that_is_lent(client, secretary, cast, first):
    ledger.open_books(by=cast.treasurer, ward=cast.ward, on=date(2004, 6, 1))
    page = at("pass_on", cast, window="economic")
    assert page in words(secretary.get(at("window", cast, window="economic")))
    sent = secretary.post(page, {"amount": "10.000.000", "on": "2004-06-08"})
    assert sent.status_code == 302
    assert books.balance(cast.ward, "bank") == 10_000_000
    assert secretary.get(at("pass_on", cast, window="physical")).status_code == 404


def test_the_next_tranche_says_what_holds_it_back(secretary, cast, first):
    second = queries.tranches(cast.ward)[1]
    page = at("tranche", cast, tranche=second.id)
    text = words(secretary.get(page))
    assert "Termin ini tertahan" in text
    assert "terlambat 21 hari" in text
    ticks = {
        "step": "ticks",
        "present-receipt": "on",
        "correct-receipt": "on",
        "note-receipt": "asli",
    }
    before = seen(secretary.get(page))
    assert secretary.post(page, ticks).status_code == 302
    found = queries.tranche(cast.ward, second.id)
    assert found.papers["receipt"] == {"present": True, "correct": True, "note": "asli"}
    late = secretary.post(page, {"step": "ticks", "note-receipt": "salinan", **before})
    assert (late.status_code, OVERTAKEN in late.content.decode()) == (409, True)
    assert 'name="note-receipt" value="salinan"' in late.content.decode()
    found = queries.tranche(cast.ward, second.id)
    assert found.papers["receipt"] == {"present": True, "correct": True, "note": "asli"}
    asked = secretary.post(page, {"step": "request", "request-on": "2004-09-20"})
    assert asked.status_code == 409


def test_a_report_goes_from_draft_to_the_chain_on_one_page(secretary, cast, first):
    page = at("tranche", cast, tranche=first.id)
    for step in ("draft", "hand_in"):
        sent = secretary.post(page, {"step": step, f"{step}-on": "2004-09-20"})
        assert sent.status_code == 302
    assert queries.report_state(queries.report(first)) == "handed-in"
    assert "sedang diperiksa" in words(secretary.get(page))


def test_papers_of_a_report_open(secretary, cast, first, grant):
    sheet = secretary.get(at("report_xlsx", cast, tranche=first.id))
    assert sheet.content[:2] == b"PK"
    for page in (at("report_pdf", cast, tranche=first.id), at("grant_pdf", cast, grant=grant.id)):
        pdf = PdfReader(io.BytesIO(secretary.get(page).content))
        assert "H-0001" in pdf.pages[0].extract_text()
    assert "29.850.000" in words(secretary.get(at("report", cast, tranche=first.id)))


def test_an_expense_typed_once_is_in_the_cash_book_the_budget_and_the_books(secretary, cast, grant):
    page = at("step", cast, grant=grant.id, step="expense")
    line = grant.budget.first()
    sent = {"line_id": line.id, "cost": "material", "what": "Pasir", "seller": "TB Contoh", "amount": "4.500.000",
            "on": "2004-06-20", "request_id": "sekali"}  # fmt: skip
    assert secretary.post(page, sent).status_code == 302
    assert secretary.post(page, sent).status_code == 302
    assert books.balance(cast.ward, "physical_spent") == 4_500_000
    text = words(secretary.get(at("grant", cast, grant=grant.id)))
    assert "Rp\xa05.500.000" in text
    over = secretary.post(page, {**sent, "amount": "5.500.001", "request_id": "lain"})
    assert over.status_code == 409
    assert "penawaran" in words(over)


@pytest.mark.parametrize(
    ("step", "sent", "there"),
    [
        ("progress", {"month": "2004-06-30", "percent": "60", "days_women": "20"}, "60 %"),
        (
            "own",
            {"kind": "labour", "what": "Kerja bakti", "days_men": "12", "value": "360.000",
             "on": "2004-06-30"},
            "Kerja bakti",
        ),
        ("keeper", {"name": "KPP Gang Contoh", "officers": "5", "women_officers": "3",
                    "on": "2004-06-30"}, "KPP Gang Contoh"),
    ],
)  # fmt: skip
def test_the_facilitator_records_what_happens_at_the_works(client, cast, grant, step, sent, there):
    client.force_login(cast.facilitator)
    page = at("step", cast, grant=grant.id, step=step)
    assert page in words(client.get(at("grant", cast, grant=grant.id)))
    assert client.post(page, sent).status_code == 302
    assert there in words(client.get(at("grant", cast, grant=grant.id)))


def test_who_may_not_do_a_step_does_not_see_its_page(client, cast, grant):
    client.force_login(cast.officer)
    page = at("step", cast, grant=grant.id, step="pay")
    assert page not in words(client.get(at("grant", cast, grant=grant.id)))
    assert client.get(page).status_code == 403


def test_a_photograph_is_shown_with_the_works(client, cast, grant):
    client.force_login(cast.cadre)
    file = SimpleUploadedFile("gang.png", PNG, "image/png")
    sent = {"content": file, "name": "Gang sebelum", "percent": "0", "on": "2004-06-10"}
    assert client.post(at("step", cast, grant=grant.id, step="photo"), sent).status_code == 302
    photo = grant.photos.get()
    answer = client.get(at("photo", cast, photo=photo.id))
    assert (answer.content, answer["Content-Type"]) == (PNG, "image/png")


def test_a_social_grant_is_given_to_somebody_found_on_the_poor_list(secretary, cast, people, first):
    person = people[0]
    meeting = board_decides(cast, f"grants.social:{person}:education", on=date(2004, 6, 25))
    name = residents.person(cast.ward, person).name
    page = secretary.get(at("give", cast), {"q": name})
    assert f"person:{person}" in words(page)
    sent = {"q": name, "receiver": f"person:{person}", "what_for": "education",
            "amount": "500.000", "on": "2004-06-25", "signed_by": "Contoh Ibu",
            "meeting_id": meeting}  # fmt: skip
    assert secretary.post(at("give", cast), sent).status_code == 302
    assert name in words(secretary.get(at("social", cast)))
    other = {**sent, "what_for": "health"}
    refused = secretary.post(at("give", cast), other)
    assert refused.status_code == 409
    assert f"grants.social%3A{person}%3Ahealth" in words(refused)


def test_names_of_who_was_helped_are_for_those_who_read_names(client, cast, people, first):
    person = people[0]
    meeting = board_decides(cast, f"grants.social:{person}:food", on=date(2004, 6, 25))
    made = grants.give_social_grant(
        by=cast.secretary, ward=cast.ward, on=date(2004, 6, 25), amount=1, what_for="food",
        person=person, meeting_id=meeting, signed_by="Contoh Ibu",
    )  # fmt: skip
    name = residents.person(cast.ward, person).name
    for who, sees in (("officer", False), ("secretary", True)):
        client.force_login(getattr(cast, who))
        for page in (at("social", cast), at("movement", cast, movement=made.id)):
            assert (name in words(client.get(page))) == sees
