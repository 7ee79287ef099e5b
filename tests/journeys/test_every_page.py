"""Every page of the site, by address: light, narrow, translated, and clean under axe and the keyboard.

The visitors follow the site's own links as every role and so find a record of each kind; what no link
leads to is named in ``SHOWN``, states that matter in ``STATES``. An address that is missing fails the
first test, which says what to add. On SQLite alone in ``make test``, for pages do not differ by database;
``make prove`` visits them on PostgreSQL too, and shows axe what each form answers that was sent empty. Colours
come from the parts that all pages are made of: in ``make test`` axe compares them on the style page
(``test_style_page.py``) and on the main pages, in ``make prove`` on every page.
"""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from pypdf import PdfReader

from pendamping.access.rules import PERMISSIONS
from pendamping.demo.people import LOGINS, WARD
from tests.architecture.test_addresses import addresses
from tests.journeys.conftest import LAPTOP, PHONE, chromium
from tests.journeys.every import (
    crawl,
    faults_of,
    keyboard_faults,
    log_in,
    open_site,
    secured,
    show,
    unanswered,
    watched,
)  # fmt: skip
from tests.journeys.menu import menu_faults
from tests.journeys.open_work import NEXT_DOOR
from tests.journeys.prepared import on_postgres
from tests.journeys.visitor import Answer, Visitor, name_of
from tests.journeys.wording import foreign, unmarked
from tests.rooms.test_who_may import MATRIX, table

if on_postgres():
    pytestmark = pytest.mark.prove

PAGE_BYTES, FIRST_VISIT_BYTES = 20_000, 100_000
HERE = f"/w/{WARD}"
NOBODY = ""
# who reads first; what only one role sees comes with that role
READERS = [
    "pendamping", "upk", "bkm", "sekretariat", "admin", "pusat", "kader", "verifikator", "pimpinan",
    "ksm", "pembukuan",
]  # fmt: skip

# name: why it is not shown (what takes forms alone is known from tests/rooms/test_who_may.py)
NOT_SHOWN = {
    "healthz": "answers machines",
    "readyz": "answers machines",
    "offline:kit": "asked by the page; tests/journeys/test_offline.py reads it, as all below it",
    **dict.fromkeys(
        ("offline:door", "offline:sheet", "offline:manifest", "offline:worker"), "asked by the page"
    ),
    "loans:referral": "a paper; tests/rooms/test_loans_record.py reads it",
    "verification:scan": "a picture; tests/rooms/test_verification_scans.py reads it",
    "notice:photo": "a picture; tests/rooms/test_notice_posting.py reads it",
    "grants:photo": "a picture; tests/rooms/test_grants_pages.py reads it",
}

# (who, address) of pages to which no link leads in the case as it stands
SHOWN = [
    (NOBODY, "/style"),
    (NOBODY, "/login/"),
    (NOBODY, "/slip/"),
    (NOBODY, "/complaint/"),
    (NOBODY, "/board/"),
    (NOBODY, f"/board/{WARD}"),
    (NOBODY, f"/board/{WARD}?part=met"),
    (NOBODY, f"/complain/{WARD}"),
    (NOBODY, f"/complain/{WARD}/figures"),
    (NOBODY, f"/scorecard/{WARD}"),
    ("kader", f"{HERE}/targeting/draft/"),
    ("pendamping", f"{HERE}/grants/allocate/"),
    ("pusat", f"{HERE}/begin/"),
    ("pendamping", f"{HERE}/groups/meet/"),
    ("pendamping", f"{HERE}/practice-ward/census.xlsx"),
    ("bkm", f"{HERE}/accompany/voice/new/"),  # while a round is open none is offered
]
MAIN = [
    "home", "desk:today", "households:list", "loans:list", "loans:loan", "loans:repay",
    "meetings:meeting", "institutions:group", "targeting:home", "ledger:journal",
    "guidelines:reader", "account_login", "style",
]  # fmt: skip

# what: (who, address, form to send or None, status)
STATES = {
    "no such page": (NOBODY, "/nowhere/", None, 404),
    "no such record": ("upk", f"{HERE}/loans/none/", None, 404),
    "not for this role": ("ksm", f"{HERE}/people/", None, 403),
    "wrong password": (NOBODY, "/login/", {"login": "upk", "password": "salah-sekali"}, 200),
    "nothing found": ("upk", f"{HERE}/loans/?q=zzzz", None, 200),
    "nobody found": ("pendamping", f"{HERE}/households/?q=zzzz", None, 200),
    "no clause found": ("pendamping", f"{HERE}/guidelines/?q=zzzz", None, 200),
}
FORMS = [
    "account_login", "loans:list", "loans:repay", "loans:apply", "ledger:voucher", "households:add",
    "households:correct", "meetings:call", "meetings:heads", "meetings:decide", "targeting:criteria",
    "guidelines:decide", "institutions:form", "institutions:join", "access:invite",
]  # fmt: skip


@dataclass
class World:
    """The running site, who looks at it, and what they saw."""

    site: str
    visitors: dict[str, Visitor]
    seen: list[Answer] = field(default_factory=list)
    secured: list[Answer] = field(default_factory=list)
    states: dict[str, Answer] = field(default_factory=dict)

    @property
    def pages(self) -> list[Answer]:
        return [one for one in self.seen if one.whole and one.status == 200]

    def kinds(self) -> dict[tuple[str, bool], Answer]:
        """One page of each address in the case, and one next door, where hardly anything is there."""
        found: dict[tuple[str, bool], Answer] = {}
        for one in self.pages:
            found.setdefault((one.name, f"/w/{NEXT_DOOR}" in one.address), one)
        return found


def _ask_for_states(world: World) -> None:
    for what, (who, address, form, _status) in STATES.items():
        visitor = world.visitors[who]
        world.states[what] = visitor.send(address, form) if form else visitor.fetch(address)
    asked = set()
    for page in list(world.kinds().values()):
        for action in page.demanding:
            name = name_of(action)
            if page.who and page not in world.secured and name not in asked:
                asked.add(name)
                world.states[f"{name} sent empty"] = world.visitors[page.who].send(action, {}, page)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The case with open work, read by every role."""
    with (
        open_site(tmp_path_factory.mktemp("every")) as (running, to_show),
        ThreadPoolExecutor(2) as two,
    ):
        names = [NOBODY, *READERS]
        visitors = two.map(lambda who: log_in(running.url, who), names)
        found = World(running.url, dict(zip(names, visitors, strict=True)))
        for who, address in [*SHOWN, *to_show]:
            found.seen.append(found.visitors[who].fetch(address))
        found.secured = secured(log_in(running.url, "verifikator"))
        found.seen += found.secured
        found.seen += crawl(found.visitors[READERS[0]], WARD)
        papers = {one.name for one in found.seen if not one.html}
        tours = [*((who, WARD) for who in READERS[1:]), ("pusat", NEXT_DOOR)]
        for seen in two.map(lambda tour: crawl(found.visitors[tour[0]], tour[1], papers), tours):
            found.seen += seen
        _ask_for_states(found)
        yield found


def report(wrong: dict[str, list[str]]) -> str:
    """What is wrong, page by page."""
    return "\n".join(f"{page}\n    " + "\n    ".join(found) for page, found in wrong.items())


def test_every_address_is_shown(world):
    forms = {name for name, row in table(MATRIX).items() if row.split()[0] == "405"}
    known = {one.name for one in world.seen} | forms | set(NOT_SHOWN)
    missing = [
        f"{name} (/{route}): let a link lead there, or name a record in SHOWN or tests/journeys/open_work.py"
        for name, route, _view in addresses()
        if name not in known
    ]
    assert missing == [], "\n" + "\n".join(missing)


def test_no_link_leads_to_nowhere(world):
    wrong = [
        f"{one.who} {one.address}: {one.status}"
        for one in world.seen
        if one.status not in {200, 405}
    ]
    assert wrong == [], "\n" + "\n".join(wrong)


def test_no_page_offers_what_its_reader_may_not_open(world):
    roles = {login.username: login.role for login in LOGINS}
    gates = {name: getattr(view, "gate", "") for name, _route, view in addresses()}
    wrong: dict[str, list[str]] = {}
    for one in world.pages:
        if NEXT_DOOR in one.address or one.who not in roles:
            continue
        for link in one.links:
            allowed = PERMISSIONS.get(gates.get(name_of(link), ""))
            if allowed is not None and roles[one.who] not in allowed and NEXT_DOOR not in link:
                wrong.setdefault(f"{one.who} {one.address}", []).append(link)
    assert not wrong, report(wrong)


def test_states_answer_as_they_should(world):
    wrong = [
        f"{what}: {world.states[what].status}"
        for what, told in STATES.items()
        if world.states[what].status != told[3]
    ]
    empty = [
        f"{what}: {one.status}"
        for what, one in world.states.items()
        if what not in STATES and one.status not in {200, 409, 422}
    ]
    assert wrong + empty == []


def test_every_page_answers_whatever_its_address_asks(world):
    """Words that somebody is found by, and what no form would send."""
    wrong, asked = [], set()
    for one in world.pages:
        for key in one.questions - {name for page, name in asked if page == one.name}:
            asked.add((one.name, key))
            wrong += unanswered(world.visitors[one.who], one.address, key)
    assert wrong == [], "\n" + "\n".join(wrong)
    assert {
        ("households:list", "q"),
        ("facilitation:training", "q"),
    } <= asked


def test_every_page_is_light_and_so_is_the_first_visit(world):
    weights = {}
    for asset in set().union(*(one.assets for one in world.pages)):
        weights[asset] = world.visitors[NOBODY].fetch(asset).weight
    heavy = []
    for one in [*world.seen, *world.states.values()]:
        if one.html and one.weight >= PAGE_BYTES:
            heavy.append(f"{one.who} {one.address}: {one.weight} bytes")
        if (
            one.weight + sum(weights[asset] for asset in one.assets) >= FIRST_VISIT_BYTES
            and one.whole
        ):
            heavy.append(f"{one.who} {one.address}: too much for a first visit")
    assert heavy == []


def test_every_page_has_one_heading_a_title_and_its_language(world):
    wrong = []
    for one in [*world.pages, *world.states.values()]:
        told = (one.html.count("<h1"), '<html lang="id"' in one.html, "<title> ·" in one.html)
        if told != (1, True, False):
            wrong.append(f"{one.who} {one.address}: h1, lang, bare title: {told}")
    assert wrong == []


def test_the_menu_marks_the_entry_that_the_crumbs_begin_with(world):
    shown = {f"{one.who} {one.address}": menu_faults(one.html) for one in world.pages}
    wrong = {page: found for page, found in shown.items() if found}
    assert not wrong, report(wrong)


def test_indonesian_pages_hold_no_english(world):
    wrong = {}
    for one in [*world.seen, *world.states.values()]:
        if found := foreign(one.words, "id") + unmarked(one.texts):
            wrong[f"{one.who} {one.address}"] = found
    assert not wrong, report(wrong)


def test_english_pages_hold_no_indonesian(world):
    wrong = {}
    for one in world.kinds().values():
        page = world.visitors[one.who].in_english(one.address)
        assert '<html lang="en"' in page.html, one.address
        if one.name != "style" and (found := foreign(page.words, "en")):
            wrong[f"{one.who} {one.address}"] = found
    assert not wrong, report(wrong)


def _in_browser(world: World, browser, **options):
    """Contexts of the roles, made as they are needed, and closed together."""
    contexts = {}

    def page_of(who: str):
        if who not in contexts:
            context = browser.new_context(viewport=LAPTOP, **options)
            context.add_cookies(world.visitors[who].cookies_for_browser())
            contexts[who] = (context, *watched(context))
        return contexts[who][1:]

    return contexts, page_of


def _look(world: World, wanted, sizes, wide=(), colours=False, **options) -> dict[str, list[str]]:
    """What is wrong with these pages at these sizes; ``wide``: where only their width is measured;
    ``colours``: whether axe compares these too.

    Two browsers share the work, each with the pages of roles of its own.
    """
    pages = sorted(wanted.items(), key=lambda told: told[1].who)
    halves = [pages[: len(pages) // 2], pages[len(pages) // 2 :]]
    with ThreadPoolExecutor(2) as two:
        looks = two.map(lambda half: _look_at(world, half, sizes, wide, colours, **options), halves)
        return {what: found for wrong in looks for what, found in wrong.items()}


def _look_at(world: World, pages, sizes, wide, colours, **options) -> dict[str, list[str]]:
    wrong = {}
    with chromium() as browser:
        contexts, page_of = _in_browser(world, browser, **options)
        for what, one in pages:
            page, said = page_of(one.who)
            said.clear()
            if one in world.pages and one not in world.secured:
                page.goto(world.site + one.address)
            else:
                show(page, world.site, one)
            if found := faults_of(page, sizes, wide, colours) + said:
                wrong[f"{what} ({one.who or 'nobody'}: {one.address})"] = found
        for context, *_ in contexts.values():
            context.close()
    return wrong


def test_axe_and_the_console_are_silent_on_every_page(world):
    here = {name: one for (name, beside), one in world.kinds().items() if not beside}
    wrong = _look(world, here, [PHONE], wide=[LAPTOP])
    assert not wrong, report(wrong)


@pytest.mark.prove
def test_axe_is_silent_on_every_page_with_its_colours_and_on_a_laptop(world):
    here = {name: one for (name, beside), one in world.kinds().items() if not beside}
    wrong = _look(world, here | world.states, [PHONE, LAPTOP], colours=True)
    assert not wrong, report(wrong)


def test_axe_and_the_console_are_silent_on_empty_pages_and_refusals(world):
    beside = {f"{name} next door": one for (name, far), one in world.kinds().items() if far}
    states = {what: world.states[what] for what in STATES}
    wrong = _look(world, beside | states, [PHONE])
    assert not wrong, report(wrong)


@pytest.mark.parametrize("light", ["light", "dark"])
def test_the_colours_of_the_main_pages_stand_out(world, light):
    kinds = world.kinds()
    wanted = {name: kinds[name, False] for name in MAIN}
    wrong = _look(world, wanted, [PHONE], colours=True, color_scheme=light)
    assert not wrong, report(wrong)


def test_tab_reaches_everything_on_the_main_forms_in_order_and_shows_where_it_is(world, browser):
    kinds, wrong = world.kinds(), {}
    contexts, page_of = _in_browser(world, browser)
    for name in FORMS:
        one = kinds[name, False]
        page, _said = page_of(one.who)
        page.goto(world.site + one.address)
        if found := keyboard_faults(page):
            wrong[f"{one.who} {one.address}"] = found
    for context, *_ in contexts.values():
        context.close()
    assert not wrong, report(wrong)


def test_every_paper_opens_and_has_a_page(world):
    papers = [one for one in world.seen if one.kind == "application/pdf"]
    assert len(papers) > 5
    for one in papers:
        assert PdfReader(io.BytesIO(one.body)).pages[0].extract_text().strip(), one.address


def test_a_fault_would_be_found(world):
    """What guards the tests above: a page that breaks every promise does not pass."""
    told = b"""<html lang="id"><head><title>x</title><script>alert(1)</script></head><body><main>
      <h1>x</h1><p style="width:2000px">Take the roll</p><img src="/static/none.png">
      <font color="#eeeeee">pale</font></main></body></html>"""
    policy = {"Content-Type": "text/html", "Content-Security-Policy": "default-src 'self'"}
    bad = Answer(NOBODY, "/login/", 404, "text/html", len(told), told, policy)
    [found] = _look(world, {"planted": bad}, [PHONE], colours=True).values()
    axe = ("axe at 360 px: image-alt", "axe at 360 px: color-contrast")
    for part in (*axe, "Content Security Policy", "none.png"):
        assert any(part in fault for fault in found), (part, found)
