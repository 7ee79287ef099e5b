"""Pages of targeting: designate, criteria, list, objections, ratification, over HTTP; the paper."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from pendamping.households import queries as homes
from pendamping.kernel import clock
from pendamping.meetings import queries as meetings
from pendamping.targeting import actions, queries
from pendamping.trail import queries as trail
from tests.cast import OTHER, WARD
from tests.gatherings import meet, sign, village
from tests.rooms.test_designation import designate
from tests.rooms.test_targeting import MET, POSTED, draft, object_to, post
from tests.staging import staged

pytestmark = pytest.mark.django_db
TODAY = date(2004, 2, 10)


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(TODAY):
        yield


@staged(at=TODAY)
def people(cast):
    return village(cast, ratified=False)


def address(name, **more):
    return reverse(f"targeting:{name}", kwargs={"ward": WARD, **more})


def rows(*candidates):
    data = {"form-TOTAL_FORMS": len(candidates), "form-INITIAL_FORMS": 0}
    for number, each in enumerate(candidates):
        data |= {f"form-{number}-{key}": value for key, value in each.items()}
    return data


EMPANG = {
    "code": WARD, "name": "Empang", "households": "3448", "poor": "625", "urban": "yes",
    "had_programme": "no", "source": "Podes", "chosen": "on",
}  # fmt: skip
BATU_TULIS = {**EMPANG, "code": OTHER, "name": "Batu Tulis", "poor": "100", "chosen": ""}
LETTER = {"letter_no": "12/SK/2003", "decided_on": "2003-11-13", "do": "decide"}


def test_candidates_are_compared_side_by_side_and_one_is_designated(cast, client):
    client.force_login(cast.facilitator)
    compared = client.post(
        address("designate"), {**rows(EMPANG, BATU_TULIS), "do": "compare"}
    ).content.decode()
    assert "625" in compared
    assert "100" in compared
    assert queries.designated(WARD) is None
    made = client.post(address("designate"), {**rows(EMPANG, BATU_TULIS), **LETTER}, follow=True)
    assert queries.designated(WARD).letter_no == "12/SK/2003"
    shown = made.content.decode()
    assert "Batu Tulis" in shown
    assert shown.count("#stop") >= 1


def test_an_unfit_choice_is_refused_and_everything_typed_is_kept(cast, client):
    client.force_login(cast.administrator)
    unfit = {**BATU_TULIS, "chosen": "on"}
    refused = client.post(address("designate"), {**rows(EMPANG, unfit), **LETTER})
    shown = refused.content.decode()
    assert refused.status_code == 409
    assert "targeting.p2kp2.min_poor_percent" in shown
    assert 'value="12/SK/2003"' in shown
    assert client.post(address("designate"), {**rows(EMPANG), "do": "decide"}).status_code == 422


def test_the_census_fills_in_the_wards_own_figures(cast, client, people):
    client.force_login(cast.facilitator)
    shown = client.get(address("designate")).content.decode()
    assert 'value="10"' in shown
    assert 'value="6"' in shown


def test_a_file_of_candidates_is_read_with_its_wrong_cells(cast, client):
    client.force_login(cast.facilitator)
    content = f"kode;nama;kk;kk_miskin;perkotaan;pernah_p2kp\n{WARD};Empang;3.448;625;ya;belum\n{OTHER};Batu Tulis;x;3;ya;belum\n"
    sent = {"do": "file", "file": SimpleUploadedFile("calon.csv", content.encode())}
    shown = client.post(address("designate"), sent)
    assert shown.status_code == 409
    assert 'value="3448"' in shown.content.decode()
    assert "“x”" in shown.content.decode()
    assert "targeting.file" not in shown.content.decode()  # a rule of the house cites no guideline


def criteria_data(*texts):
    data = {"form-TOTAL_FORMS": len(texts), "form-INITIAL_FORMS": 0, "on": "2003-12-20"}
    for number, text in enumerate(texts):
        data |= {f"form-{number}-text": text, f"form-{number}-kind": "household"}
    return data


def test_criteria_begin_with_the_guidelines_examples_and_become_the_residents_own(cast, client):
    client.force_login(cast.cadre)
    assert "Makan dua kali sehari" in client.get(address("criteria")).content.decode()
    client.post(address("criteria"), criteria_data("Dinding bambu", "", "Makan dua kali"))
    version = queries.criteria_version(WARD)
    assert [each.text for each in queries.criteria(version.id)] == [
        "Dinding bambu",
        "Makan dua kali",
    ]
    refused = client.post(address("criteria"), criteria_data("Sama", "sama"))
    assert refused.status_code == 409
    assert "Dinding bambu" in client.get(address("criteria")).content.decode()


def test_criteria_of_a_day_to_come_are_refused(cast, client):
    client.force_login(cast.cadre)
    early = {**criteria_data("Dinding bambu"), "on": "2031-01-01"}
    refused = client.post(address("criteria"), early)
    assert refused.status_code == 409
    assert "1 Januari 2031" in refused.content.decode()
    assert queries.criteria_version(WARD) is None


def test_the_draft_leads_from_rt_to_rt_and_says_what_is_left(cast, client, people):
    client.force_login(cast.facilitator)
    client.post(address("criteria"), criteria_data("Dinding bambu"))
    assert "tertulis, belum disahkan" in client.get(address("home")).content.decode()
    assert "belum disahkan" in client.get(address("draft")).content.decode()
    client.post(address("draft"), {"on": "2004-01-02", "from_marks": "on"})
    found = queries.current_list(WARD)
    edit = address("edit", poor_list=found.id)
    counted = queries.unticked(found.id)
    assert sum(counted.values()) == len(people.poor)
    first = client.get(edit).content.decode()
    assert (
        f"RT 01 RW 01: {counted['01', '01']} dalam daftar, {counted['01', '01']} tanpa kriteria"
        in first
    )
    assert f'href="{edit}?place=01/01"' in first  # from the figure to the first RT with some left
    assert first.count('value="next"') == 2  # to the next RT, above and below, keeping the ticks
    criterion = queries.criteria(found.criteria_id)[0].id
    shown = [e.household_id for e in queries.entries(found.id, rw="01", rt="01")]
    answer = client.post(
        f"{edit}?place=01/01",
        {"do": "next", "shown": shown, "listed": shown,
         **{f"ticks-{home}": [criterion] for home in shown}},
    )  # fmt: skip
    assert answer.url == f"{edit}?place=01%2F02"
    assert ("01", "01") not in queries.unticked(found.id)
    done = client.get(f"{edit}?place=01/01").content.decode()
    assert "sudah punya kriteria" in done
    assert f"RT 01 RW 01: {counted['01', '01']} dalam daftar<" in done


def test_ticks_are_kept_on_the_way_to_another_rt_and_to_a_search(cast, client, people):
    client.force_login(cast.facilitator)
    client.post(address("criteria"), criteria_data("Dinding bambu"))
    client.post(address("draft"), {"on": "2004-01-02", "from_marks": "on"})
    found = queries.current_list(WARD)
    edit = address("edit", poor_list=found.id)
    criterion = queries.criteria(found.criteria_id)[0].id
    page = client.get(f"{edit}?place=01/01").content.decode()
    assert 'name="to" form="ticks"' in page
    assert 'name="find" form="ticks"' in page
    assert 'method="get"' not in page.split("<main", 1)[1]  # nothing leads away unkept
    shown = [e.household_id for e in queries.entries(found.id, rw="01", rt="01")]
    ticked = {
        "shown": shown, "listed": shown, **{f"ticks-{home}": [criterion] for home in shown},
    }  # fmt: skip
    answer = client.post(f"{edit}?place=01/01", {**ticked, "do": "find", "find": "Rekaan Qah"})
    assert answer.url == f"{edit}?q=Rekaan+Qah"
    assert ("01", "01") not in queries.unticked(found.id)
    kept = len(trail.of_ward(WARD, limit=100))
    answer = client.post(f"{edit}?place=01/01", {**ticked, "do": "go", "to": "01/02"})
    assert answer.url == f"{edit}?place=01%2F02"
    assert len(trail.of_ward(WARD, limit=100)) == kept  # nothing had changed
    answer = client.post(
        f"{edit}?place=01/01", {**ticked, "do": "go", "to": "01/01", "find": "Qah"}
    )
    assert answer.url == f"{edit}?q=Qah"


def test_written_criteria_are_no_step_that_is_done(cast, client, people):
    client.force_login(cast.facilitator)
    client.post(address("criteria"), criteria_data("Dinding bambu"))
    shown = client.get(address("home")).content.decode()
    assert "<span>Kriteria (tertulis, belum disahkan)</span>" in shown


def test_a_reason_for_a_late_posting_is_said_to_be_needed_after_three_days(cast, client, people):
    client.force_login(cast.facilitator)
    client.post(address("criteria"), criteria_data("Dinding bambu"))
    client.post(address("draft"), {"on": "2004-01-02", "from_marks": "on"})
    found = queries.current_list(WARD)
    shown = client.get(address("post", poor_list=found.id)).content.decode()
    assert "lebih dari 3 hari yang lalu" in shown


def objects_twice(client, poor_list, home):
    where = address("object", poor_list=poor_list.id)
    says = {"kind": "add", "household": home, "reason": "lupa", "raised_on": str(POSTED)}
    (says["request_id"],) = re.findall(
        r'name="request_id" value="(\w+)"', client.get(f"{where}?q=Rekaan").content.decode()
    )
    assert [client.post(where, says).status_code for _ in range(2)] == [302, 302]
    assert client.post(where, {**says, "reason": "lain"}).status_code == 409


def test_the_whole_way_from_the_draft_to_the_marks(cast, client, people):
    client.force_login(cast.facilitator)
    client.post(address("criteria"), criteria_data("Dinding bambu"))
    client.post(address("draft"), {"on": "2004-01-02", "from_marks": "on"})
    found = queries.current_list(WARD)
    criterion = queries.criteria(found.criteria_id)[0].id
    edit = address("edit", poor_list=found.id)
    early = client.post(address("post", poor_list=found.id), {"on": "2004-01-05"})
    assert "poor_list.p2kp2.verdict" in early.content.decode()
    for place in ("01/01", "01/02"):
        shown = [e.household_id for e in queries.entries(found.id, rw="01", rt=place[-2:])]
        client.post(
            f"{edit}?place={place}",
            {"do": "change", "shown": shown, "listed": shown,
             **{f"ticks-{home}": [criterion] for home in shown}},
        )  # fmt: skip
    client.post(address("post", poor_list=found.id), {"on": str(POSTED), "why": "listrik padam"})
    missing = people.rich[0][0]
    objects_twice(client, found, missing)
    [objection] = queries.objections(found.id)
    home = client.get(address("home")).content.decode()
    assert 'href="#objections"' in home
    assert address("settle", objection=objection.id) in home
    client.post(
        address("settle", objection=objection.id),
        {"outcome": "accepted", "why": "benar", "settled_on": str(MET), "criteria": [criterion]},
    )
    meeting = meet(cast, people.everybody, kind="citizens", on=MET, eligible=10)
    offered = client.get(address("ratify", poor_list=found.id)).content.decode()
    assert f"/meetings/{meeting.id}/decide/?subject=targeting.ratify_list" in offered
    refused = client.post(address("ratify", poor_list=found.id), {"meeting_id": meeting.id})
    assert refused.status_code == 409
    assert "tidak mengambil keputusan tentang hal ini" in refused.content.decode()
    for subject in (f"ratify_list:{found.id}", f"ratify_criteria:{found.criteria_id}"):
        client.post(
            reverse("meetings:decide", kwargs={"ward": WARD, "meeting": meeting.id}),
            {"subject": f"targeting.{subject}", "text": "ya", "outcome": "accepted", "way": "consensus"},
        )  # fmt: skip
    sign(cast, meetings.meeting(WARD, meeting.id))
    client.post(address("ratify_criteria"), {"meeting_id": meeting.id})
    client.post(address("ratify", poor_list=found.id), {"meeting_id": meeting.id})
    assert queries.current_list(WARD).status == "ratified"
    assert homes.poor_households(WARD, MET) == {home for home, _ in people.poor} | {missing}
    assert client.get(address("home")).status_code == 200


def test_a_household_is_found_by_any_members_name_and_put_on_the_draft(cast, client, people):
    found = draft(cast, people)
    client.force_login(cast.cadre)
    edit = address("edit", poor_list=found.id)
    shown = client.get(edit, {"q": "rekaan qah"}).content.decode()
    assert people.rich[1][0] in shown
    client.post(edit, {"do": "add", "household": [people.rich[1][0]]})
    assert queries.is_listed(found.id, people.rich[1][0])


def test_the_printed_list_names_households_and_rts_and_nothing_else(cast, client, people):
    found = post(cast, people)
    client.force_login(cast.cadre)
    response = client.get(address("list_pdf", poor_list=found.id))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    for entry in queries.entries(found.id):
        assert entry.head_name in text
    assert "Makan dua kali" not in text


def test_the_list_by_name_is_only_for_those_who_may_read_names(cast, client, people):
    found = post(cast, people)
    name = queries.entries(found.id)[0].head_name
    for who, code in (("chair", 200), ("treasurer", 200), ("lead", 403), ("officer", 403)):
        client.force_login(getattr(cast, who))
        assert client.get(address("list", poor_list=found.id)).status_code == code, who
        assert name not in client.get(address("home")).content.decode(), who


@pytest.mark.parametrize(
    ("name", "forbidden"),
    [
        ("designate", ["ward_admin", "cadre", "chair", "treasurer", "stranger"]),
        ("criteria", ["chair", "treasurer", "lead", "stranger"]),
        ("ratify_criteria", ["cadre", "treasurer", "stranger"]),
        ("draft", ["chair", "treasurer", "stranger"]),
        ("edit", ["chair", "lead", "stranger"]),
        ("post", ["chair", "treasurer", "stranger"]),
        ("object", ["treasurer", "lead", "stranger"]),
        ("ratify", ["cadre", "ward_admin", "stranger"]),
        ("settle", ["cadre", "treasurer", "stranger"]),
        ("home", ["stranger"]),
    ],
)
def test_pages_are_closed_to_those_who_may_not(cast, client, people, name, forbidden):
    found = post(cast, people)
    more = {}
    if name in {"edit", "post", "object", "ratify"}:
        more = {"poor_list": found.id}
    if name == "settle":
        more = {"objection": object_to(cast, found, people.rich[0][0]).id}
    for who in forbidden:
        client.force_login(getattr(cast, who))
        assert client.get(address(name, **more)).status_code == 403, who
    client.force_login(cast.facilitator)
    assert client.get(address(name, **more)).status_code == 200


def test_home_shows_where_the_ward_stands_at_every_step(cast, client, people):
    client.force_login(cast.facilitator)

    def now():
        shown = client.get(address("home")).content.decode()
        steps = shown.split('<ol class="steps"')[1]
        return steps.split('aria-current="step"')[0].count("<li")

    assert now() == 1
    designate(cast)
    assert now() == 2
    found = draft(cast, people)
    assert now() == 3
    actions.post_list(by=cast.cadre, ward=WARD, list_id=found.id, posted_on=POSTED, why="terlambat")
    assert now() == 5
    object_to(cast, found, people.rich[0][0], raised_on=POSTED + timedelta(days=1))
    assert now() == 4


@pytest.mark.parametrize("name", ["list", "edit", "post", "object", "ratify", "list_pdf"])
def test_a_list_that_is_not_there_is_not_found(cast, client, name):
    client.force_login(cast.facilitator)
    assert client.get(address(name, poor_list="nothing")).status_code == 404


def test_a_long_list_is_read_rw_by_rw(cast, client, people, monkeypatch):
    monkeypatch.setattr("pendamping.targeting.views.lists.SHOWN_WHOLE", 3)
    found = post(cast, people)
    client.force_login(cast.chair)
    path = address("list", poor_list=found.id)
    first = client.get(path).content.decode()
    assert first.count('class="row-link"') == 6
    assert '<option value="01/" selected>' in first
    one_rt = client.get(path, {"place": "01/02"}).content.decode()
    assert one_rt.count('class="row-link"') == 3


def test_residents_and_groups_read_how_to_object_and_print_the_slip(cast, client, people):
    found = post(cast, people)
    slip = address("objection_slip", poor_list=found.id)
    for who in (cast.officer, cast.lead, cast.cadre):
        client.force_login(who)
        page = client.get(address("home")).content.decode()
        assert slip in page
        assert "Sampai" in page and "Contoh cadre (Kader)" in page
        paper = client.get(slip)
        text = " ".join(each.extract_text() for each in PdfReader(BytesIO(paper.content)).pages)
        assert paper["Content-Type"] == "application/pdf"
        assert text.count("Sanggahan atas daftar") == 1
        assert "Contoh cadre" in text
    poster = client.get(address("list_pdf", poor_list=found.id))
    assert "Cara menyanggah" in PdfReader(BytesIO(poster.content)).pages[0].extract_text()


def test_a_list_that_is_not_posted_has_no_slip(cast, client, people):
    found = draft(cast, people)
    client.force_login(cast.cadre)
    assert client.get(address("objection_slip", poor_list=found.id)).status_code == 404
    assert "Cara menyanggah" not in client.get(address("home")).content.decode()
