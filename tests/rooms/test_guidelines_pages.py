"""The reader in the site: every section, both languages, decisions recorded through the form."""

import gzip
import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from pendamping.guidelines import actions, pages, queries
from pendamping.guidelines.chapters import CHAPTERS
from pendamping.guidelines.rules import SECTIONS
from pendamping.kernel import clock
from tests.cast import OTHER, WARD
from tests.gatherings import HELD, decided_otherwise, deviate
from tests.guideline_texts import lumbung

pytestmark = pytest.mark.django_db

DAY = date(2004, 5, 12)


def address(name, **kwargs):
    return reverse(f"guidelines:{name}", kwargs={"ward": WARD, **kwargs})


@pytest.fixture
def reader(client, cast):
    client.force_login(cast.lead)
    return client


@pytest.fixture
def chair(client, cast):
    client.force_login(cast.chair)
    return client


def html(client, where, status=200):
    response = client.get(where)
    assert response.status_code == status, response.content.decode()[:400]
    return response.content.decode()


def test_the_reader_shows_each_section_and_a_link_to_each_rule_with_a_sentence(reader):
    page = html(reader, address("reader"))
    guideline = queries.in_force(WARD, DAY)
    for name in guideline.sections():
        assert address("section", section=name) in page
    for clause in guideline.clauses.values():
        if clause.text:
            assert f'#{clause.id}"' in page, clause.id
    assert len(re.findall(r'#loans\.p2kp2\.first_loan_max"', page)) == 1


def test_the_reader_stays_light(reader):
    page = html(reader, address("reader"))
    assert len(gzip.compress(page.encode())) < 20_000


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_section_shows_each_clause_with_sentence_source_and_status(reader, language):
    reader.post("/language", {"language": language, "next": "/"})
    guideline = queries.in_force(WARD, DAY)
    for section in SECTIONS:
        page = html(reader, address("section", section=section) + "?on=2004-05-12")
        clauses = pages.of_section(guideline, section)
        assert page.count("<article") == len(clauses)
        for clause in clauses:
            assert f'id="{clause.id}"' in page
        assert "{value}" not in page, section
        assert "None" not in page, section


def test_a_search_finds_a_rule_by_its_words_in_the_readers_language(reader):
    page = html(reader, address("reader") + "?q=masa tenggang pencairan")
    assert '#loans.p2kp2.grace_months"' in page
    assert '#loans.p2kp2.rate_bp"' not in page
    empty = html(reader, address("reader") + "?q=zzzz")
    assert "#loans.p2kp2" not in empty


def test_what_changed_between_versions_is_shown_with_old_and_new(reader):
    page = html(reader, address("changes"))
    assert '<p class="small">Laporan pertanggungjawaban</p>' in page
    assert "accountability.p2kp2.due_days" not in page
    assert "<del>" in page
    assert "<ins>" in page
    assert "30 hari" in page
    assert "21 hari" in page


def test_the_reader_goes_back_to_another_day(reader):
    early = html(reader, address("section", section="accountability") + "?on=2005-01-01")
    late = html(reader, address("section", section="accountability") + "?on=2010-01-01")
    assert "30 hari" in early
    assert "21 hari" in late
    assert html(reader, address("reader") + "?on=nonsense")


def test_a_day_before_any_text_is_a_refusal_not_a_broken_page(reader):
    html(reader, address("reader") + "?on=1999-01-01", status=409)


def test_every_source_is_listed_with_its_anchor(reader):
    page = html(reader, address("sources"))
    for number in range(1, 89):
        assert f'id="S{number}"' in page
    for key, said in (("Case", "Kasus Empang"), ("handbook", "buku pegangan")):
        assert f'id="{key}"><dt>{said}</dt>' in page  # as the rules name it, in the page's language


def test_a_decision_shows_its_minutes_and_reason_beside_the_text(reader, cast):
    met = deviate(
        cast, "loans.p2kp2.required_trainings", ["loan"], since=DAY,
        reason="Dua pelatihan lain menyusul",
    ).meeting  # fmt: skip
    for where in (address("section", section="loans"), address("decisions")):
        page = html(reader, where)
        assert "Rapat anggota BKM, 29 Januari 2004" in page
        assert f"/meetings/{met}/" in page
        assert "Dua pelatihan lain menyusul" in page
    assert met not in html(reader, address("section", section="groups"))


@pytest.mark.parametrize(
    ("section", "key", "part", "value", "stored"),
    [
        ("loans", "first_loan_max", "", "Rp 400.000", 400_000),
        ("loans", "rate_bp", "", "1,25", 125),
        ("loans", "books_required", "", "false", False),
        ("loans", "grace_service", "", "billed", "billed"),
        ("loans", "required_trainings", "", ["loan"], ["loan"]),
        ("tranches", "percentages", "", "30, 40, 30", [30, 40, 30]),
        ("case", "programme_end", "", "2005-06-01", date(2005, 6, 1)),
        ("meetings", "readiness", "quorum.present_percent", "60", 60),
        ("lending", "next_loan_by", "", "Rapat", {"id": "Rapat", "en": "Rapat"}),
    ],
)  # fmt: skip
def test_a_value_of_every_kind_goes_to_a_meeting_and_comes_back_without_being_typed_again(
    chair, cast, section, key, part, value, stored
):
    where = address("decide", section=section, key=key)
    query = {"part": part, "asked": "1", "value": value}
    page = html(chair, f"{where}?{urlencode(query, doseq=True)}")
    meeting = through_a_meeting(chair, page)
    (record,) = links(html(chair, to_meeting("meeting", meeting)), "/guidelines/decided/")
    assert chair.post(record, fields(html(chair, record))).status_code == 302
    (decision,) = queries.deviations(WARD)
    assert (decision.value, decision.meeting) == (stored, meeting)
    clause_id = f"{section}.p2kp2.{key}" + (f".{part}" if part else "")
    assert queries.clause(clause_id, WARD, clock.today()).value == stored
    html(chair, record, status=404)  # carried out, once
    assert not links(html(chair, to_meeting("meeting", meeting)), "/guidelines/decided/")


def through_a_meeting(chair, page):
    """Call the board as a page offers it, count it, decide what goes along, sign; its id."""
    call = next(each for each in links(page, "/meetings/new/") if "kind=board" in each)
    typed = {**fields(html(chair, call)), "place": "Balai", "held_on": HELD.isoformat()}
    met = chair.post(call, typed)
    assert met.status_code == 302, met.content.decode()
    meeting = met["Location"].rstrip("/").rpartition("/")[2]
    taken = {"total": "5", "women": "2", "poor": "0", "eligible": "9"}
    assert chair.post(to_meeting("heads", meeting), taken).status_code == 302
    decide = to_meeting("decide", meeting)
    (subject,) = re.findall(r'<option value="(guidelines\.[^"]+)"', html(chair, decide))
    typed = {**fields(html(chair, decide)), "subject": unescape(subject)}
    assert chair.post(decide, typed).status_code == 302
    assert not links(html(chair, to_meeting("meeting", meeting)), "/guidelines/dec")
    signed = {"text": "Berita acara", "signed_on": HELD.isoformat(), "signers": "Contoh Satu"}
    chair.post(to_meeting("minutes", meeting), signed)
    return meeting


def links(page, to):
    """The links of a page that lead there."""
    return [unescape(each) for each in re.findall(r'href="([^"]+)"', page) if to in each]


def fields(page):
    """What the form of a page holds when it is opened, as a browser would send it."""
    main = page[page.index("<main") :]
    found = {
        name: unescape(value)
        for tag in re.findall(r"<input[^>]*>", main)
        for name, value in [(attribute(tag, "name"), attribute(tag, "value"))]
        if name and (' type="radio"' not in tag or " checked" in tag)
    }
    texts = re.findall(r'<textarea name="(\w+)"[^>]*>\s?(.*?)</textarea>', main, re.DOTALL)
    chosen = re.findall(r'<select name="(\w+)".*?<option value="([^"]*)" selected', main, re.DOTALL)
    return found | {name: unescape(text) for name, text in texts} | dict(chosen)


def attribute(tag, name):
    found = re.search(rf' {name}="([^"]*)"', tag)
    return found[1] if found else ""


def to_meeting(name, meeting):
    return reverse(f"meetings:{name}", kwargs={"ward": WARD, "meeting": meeting})


def test_what_a_meeting_decided_waits_on_the_page_of_own_decisions(chair, cast):
    clause = "loans.p2kp2.first_loan_max"
    met = decided_otherwise(cast, clause, 400_000)
    for page in (
        html(chair, address("decisions")),
        html(chair, address("decide", section="loans", key="first_loan_max")),
    ):
        assert to_meeting("meeting", met) in page
        assert "400.000" in page
    html(chair, address("record", meeting=met, clause="loans.p2kp2.rate_bp"), status=404)
    html(chair, address("record", meeting="moon", clause=clause), status=404)


@pytest.mark.parametrize(
    ("value", "said"), [("banyak", "Yang berlaku di sini"), ("500000", "sudah berlaku")]
)
def test_a_value_that_cannot_hold_is_refused_before_any_meeting(chair, value, said):
    where = address("decide", section="loans", key="first_loan_max")
    page = html(chair, f"{where}?asked=1&value={value}", status=409)
    assert value in page
    refusal = page.split('class="refusal"')[1].split("</section>")[0]
    assert said in refusal
    assert "loans.p2kp2" not in refusal
    assert "/meetings/new/" not in page.split("<main")[1]


def test_a_form_that_is_not_filled_says_so(chair, cast):
    where = address("decide", section="loans", key="first_loan_max")
    html(chair, f"{where}?asked=1&value=", status=422)
    met = decided_otherwise(cast, "loans.p2kp2.first_loan_max", 400_000)
    record = address("record", meeting=met, clause="loans.p2kp2.first_loan_max")
    assert chair.post(record, {"since": "2004-05-12"}).status_code == 422
    early = chair.post(record, {"since": "2004-01-28", "reason": "Sepakat"})
    assert early.status_code == 409
    assert "29 Januari 2004" in early.content.decode()
    assert not queries.deviations(WARD)


def test_a_table_offers_its_fields_one_by_one(chair):
    page = html(chair, address("decide", section="meetings", key="readiness"))
    assert "?part=quorum.present_percent" in page
    html(chair, address("decide", section="meetings", key="readiness") + "?part=moon")
    html(chair, address("decide", section="meetings", key="moon"), status=404)


def test_a_list_of_tables_says_that_no_form_can_decide_it(chair):
    page = html(chair, address("decide", section="profit", key="shares"))
    assert 'name="value"' not in page


def test_every_clause_can_be_opened_for_a_decision(chair):
    for section, key in queries.in_force(WARD, DAY).clauses:
        if section in {"loans", "meetings", "components", "allocation", "verification", "case"}:
            html(chair, address("decide", section=section, key=key))


def test_a_decision_ends_through_a_meeting_without_typing_it_again(chair, cast):
    decision = deviate(cast, "groups.p2kp2.min_members", 7, since=HELD)
    (where,) = links(html(chair, address("decisions")), "/end/")
    meeting = through_a_meeting(chair, html(chair, where))
    for page in (address("decisions"), where):
        assert to_meeting("meeting", meeting) in html(chair, page)
    (record,) = links(html(chair, to_meeting("meeting", meeting)), "/ended/")
    assert chair.post(record, {"until": ""}).status_code == 422
    early = chair.post(record, {"until": (HELD - timedelta(1)).isoformat()})
    assert early.status_code == 409
    assert queries.deviations(WARD)[0].until is None
    assert chair.post(record, {"until": "2004-06-01"}).status_code == 302
    (ended,) = queries.deviations(WARD)
    assert (ended.id, ended.until, ended.ended_by) == (decision.id, date(2004, 6, 1), meeting)
    for page in (address("decisions"), address("section", section="groups") + "?on=2004-05-12"):
        assert to_meeting("meeting", meeting) in html(chair, page)
    html(chair, record, status=404)
    html(chair, where, status=404)
    assert not links(html(chair, to_meeting("meeting", meeting)), "/ended/")


@pytest.mark.parametrize("who", ["treasurer", "cadre", "lead", "verifier", "officer"])
def test_those_who_only_read_get_no_form(client, cast, who):
    client.force_login(getattr(cast, who))
    page = html(client, address("section", section="loans"))
    assert "/decide/" not in page
    html(client, address("decide", section="loans", key="rate_bp"), status=403)
    assert client.get(address("end", deviation="x")).status_code == 403
    record = address("record_end", deviation="x", meeting="y")
    assert client.post(record, {"until": "2004-06-01"}).status_code == 403


def test_a_stranger_reads_only_the_own_ward(client, cast):
    client.force_login(cast.stranger)
    html(client, address("reader"), status=403)
    html(client, reverse("guidelines:reader", kwargs={"ward": OTHER}))


def test_another_guideline_is_read_in_the_same_pages(reader, cast):
    actions.publish_texts(by=cast.administrator, contents=[lumbung()])
    actions.adopt_guideline(by=cast.administrator, ward=WARD, code="lumbung", from_=DAY)
    page = html(reader, address("reader"))
    assert '#loans.lumbung.grace_months"' in page
    assert "Petunjuk Lumbung Rakyat" in page
    html(reader, address("section", section="stages"))
    html(reader, address("section", section="team"), status=404)
    html(reader, address("changes"))
    html(reader, address("sources"))


def test_no_page_carries_inline_style_or_script(chair):
    for where in (
        address("reader"),
        address("section", section="meetings"),
        address("changes"),
        address("decisions"),
        address("decide", section="loans", key="rate_bp"),
    ):
        page = html(chair, where)
        assert " style=" not in page
        assert "<script>" not in page


def test_the_text_is_folded_by_chapter_and_every_section_stands_in_one(reader):
    page = html(reader, address("reader"))
    assert page.count('<details class="fold" id="chapter-') == len(CHAPTERS)
    assert "chapter-other" not in page
    named = [name for _key, _title, names in CHAPTERS for name in names]
    assert sorted(named) == sorted(SECTIONS)
    assert "<details" not in html(reader, address("reader") + "?q=kuorum").split("<main", 1)[1]


@pytest.mark.parametrize("name", ["reader", "sources", "changes"])
def test_where_a_text_is_known_from_is_said_in_the_readers_language(reader, name):
    page = html(reader, address(name))
    assert 'lang="en"' not in page.split("<main", 1)[1].split("</main", 1)[0]
    reader.post("/language", {"language": "en", "next": "/"})
    assert "Handbook of the programme" in html(reader, address("reader"))
