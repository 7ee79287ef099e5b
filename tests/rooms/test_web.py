"""The frame of the site: language, headers, health, errors, the practice clock."""

from datetime import date

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.utils.safestring import mark_safe
from django.utils.translation import override

from pendamping.access.gate import GateMiddleware, page
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal
from pendamping.territory import actions as territory
from pendamping.web import worker
from pendamping.web.health import WORKER_KEY
from pendamping.web.jinja import say
from pendamping.web.refusals import RefusalMiddleware, pages_of, rule_of
from tests.cast import OTHER

pytestmark = pytest.mark.django_db


def test_indonesian_comes_first_whatever_the_browser_prefers(client):
    response = client.get("/login/", headers={"accept-language": "en"})
    assert response.headers["Content-Language"] == "id"
    assert b'<html lang="id"' in response.content


def test_english_comes_by_a_switch_and_stays(client):
    response = client.post("/language", {"language": "en", "next": "/login/"})
    assert response.status_code == 302
    assert response.url == "/login/"
    assert b'<html lang="en"' in client.get("/login/").content


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_the_language_switch_sends_nobody_elsewhere(client, target):
    assert client.post("/language", {"language": "en", "next": target}).url == "/"


def test_the_content_security_policy_allows_nothing_from_outside(client):
    policy = client.get("/login/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_no_page_of_the_site_carries_inline_style_or_script(client):
    html = client.get("/login/").content.decode()
    assert " style=" not in html
    assert "<script>" not in html
    assert "onclick" not in html


def test_pages_keep_amounts_whole_but_give_back_what_was_typed():
    env = engines["jinja2"].env
    page = env.from_string("{{ reason }} {{ 750000|rupiah }} {{ box }}")
    box = mark_safe('<input value="Rp 400.000">')
    said = page.render(reason="Kurang Rp 25.000.", box=box)
    assert said == 'Kurang Rp\u00a025.000. Rp\u00a0750.000 <input value="Rp 400.000">'


def test_readyz_names_what_is_missing(client):
    cache.delete(WORKER_KEY)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": True, "migrations": True, "worker": False}


def test_readyz_is_well_while_the_worker_beats(client):
    worker.beat()
    assert client.get("/readyz").status_code == 200
    assert client.get("/healthz").json() == {"ok": True}


def test_the_worker_goes_on_when_a_job_meets_a_database_that_is_away():
    from django.db import OperationalError

    ran = []

    def away():
        raise OperationalError("away")

    jobs = [worker.Job("away", 60, away), worker.Job("next", 60, lambda: ran.append("next"))]
    worker.run_due(jobs, now=1.0)
    worker.run_due(jobs, now=2.0)
    assert ran == ["next"]


def test_an_unknown_address_is_a_page_in_the_house_look(client):
    response = client.get("/no/such/page")
    assert response.status_code == 404
    assert b'<html lang="id"' in response.content


def test_an_address_that_does_not_say_who_may_pass_is_refused():
    from django.core.exceptions import PermissionDenied

    gate = GateMiddleware(lambda request: HttpResponse())
    with pytest.raises(PermissionDenied):
        gate.process_view(RequestFactory().get("/x"), lambda request: HttpResponse(), (), {})


def test_a_practice_ward_sets_the_clock_of_its_pages_and_only_theirs(cast):
    territory.open_ward(
        by=cast.system, code="32.71.01.1002", practice_today=date(2005, 5, 12), programme_start=None
    )
    seen = []

    @page("desk.read")
    def view(request, ward):
        seen.append(clock.today())
        return HttpResponse()

    def visit(ward):
        def respond(request):
            gate.process_view(request, view, (), {"ward": ward})
            return view(request, ward=ward)

        gate = GateMiddleware(respond)
        request = RequestFactory().get("/")
        request.user = cast.lead
        gate(request)

    visit("32.71.01.1002")
    visit(OTHER)
    assert seen[0] == date(2005, 5, 12)
    assert seen[1] == clock.today() != date(2005, 5, 12)


def test_a_reason_cites_the_guideline_only_where_the_guideline_says_it(cast):
    assert rule_of("groups.p2kp2.min_members") is None  # not on the page of a ward
    with pages_of(cast.ward):
        rule = rule_of("groups.p2kp2.min_members")
        assert rule.url.endswith("/guidelines/section/groups/#groups.p2kp2.min_members")
        assert "p2kp2" not in rule.text
        inner = rule_of("meetings.p2kp2.citizens.quorum.women_percent")
        assert inner.url.endswith("#meetings.p2kp2.citizens")
        assert rule_of("group_kinds.p2kp2").url.endswith("/section/group_kinds/")
        for house in ("households.file.workbook", "institutions.group.adult", "x", "groups.y.z"):
            assert rule_of(house) is None


def test_a_refusal_that_no_page_caught_lists_every_reason(client):
    middleware = RefusalMiddleware(lambda request: HttpResponse())
    request = RequestFactory().get("/")
    refusal = Refusal([Reason("a.b.c", "First thing"), Reason("a.b.d", "Second thing")])
    response = middleware.process_exception(request, refusal)
    assert response.status_code == 409
    assert b"First thing" in response.content
    assert b"Second thing" in response.content


@pytest.mark.parametrize(
    ("value", "shown"),
    [("2004-05-12", "12 Mei 2004"), (date(2004, 5, 12), "12 Mei 2004"), ("2004", "2004"), (3, "3")],
)
def test_reasons_say_days_as_every_page_does(value, shown):
    reason = Reason("a.clause", "From {day} on.", {"day": value})
    with override("id"):
        assert say(reason) == f"From {shown} on."
