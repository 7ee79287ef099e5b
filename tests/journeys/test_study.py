"""An interview coded at 360 px without a mouse, and a factor triangulated; then a few words marked with a finger."""

import re

import pytest

from tests.cast import WARD
from tests.journeys.conftest import PHONE
from tests.journeys.prepared import on_postgres
from tests.journeys.site import serving

if on_postgres():
    pytestmark = pytest.mark.prove

HERE = f"/w/{WARD}/evidence/"
SAID = "Kami menunggu lama 🕰. Enam bulan baru ada rencana. Anak-anak sehat."
SEEN = "Rapat mengulang usulan yang sudah dibahas dua bulan sebelumnya."
FACTOR = "Perencanaan terlalu lama"


class Keys:
    """A page that is worked with the keyboard alone."""

    def __init__(self, page, url):
        self.page, self.url = page, url

    def goto(self, address):
        self.page.goto(self.url + address)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    def reach(self, selector):
        """Go on by Tab until the part has the focus."""
        for _step in range(250):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("query => document.activeElement.matches(query)", selector):
                assert self.page.locator(":focus").is_visible()
                return
        raise AssertionError(f"the keyboard does not reach {selector}")

    def press(self, selector, key="Enter"):
        """Reach a part and press a key on it; where it leads somewhere, wait for that page."""
        self.reach(selector)
        if key == "Space":
            self.page.keyboard.press(key)
            return
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def write(self, **fields):
        """Type into fields, in the order of the page."""
        for name, text in fields.items():
            self.reach(f"[name={name}]")
            self.page.keyboard.insert_text(text)


def test_an_interview_is_coded_by_keyboard_on_a_phone_and_a_factor_triangulated(
    tmp_path, phone, log_in
):
    with serving(tmp_path / "home") as site:
        site.prepare("", "lead")
        phone.set_default_timeout(30_000)
        log_in(phone, site.url, "lead")
        keys = Keys(phone, site.url)
        begin(keys)
        take_in(keys, "interview", SAID, informant=True)
        code_sentences(keys)
        take_in(keys, "observation", SEEN)
        code_sentences(keys, several=False)
        keys.goto(HERE)
        phone.get_by_role("link", name=FACTOR).focus()
        with phone.expect_navigation():
            phone.keyboard.press("Enter")
        text = phone.locator("main").inner_text()
        assert "Sejalan: memang demikian" in text
        assert "Kami menunggu lama 🕰. Enam bulan baru ada rencana." in text
        assert "Anak-anak sehat" not in text
        assert "I-01" in text
        mark_words(keys)


def begin(keys):
    keys.goto(HERE)
    keys.press("form[action$='/start/'] button")
    keys.goto(HERE + "informants/new/")
    keys.write(who="ketua KSM", criterion="Ikut sejak awal")
    keys.press("[name=knows][value=results]", "Space")
    keys.press("main form .actions button")


def take_in(keys, kind, text, *, informant=False):
    keys.goto(HERE + "sources/new/")
    keys.reach("[name=kind]")
    for _step in range(("interview", "observation").index(kind)):
        keys.page.keyboard.press("ArrowDown")
    if kind == "interview":
        keys.page.keyboard.press("Space")
    keys.write(title=f"Sumber {kind}")
    if informant:
        keys.reach("[name=informant_id]")
        keys.page.keyboard.press("ArrowDown")
    keys.press("[name=consent]", "Space")
    keys.write(text=text)
    keys.press("main form .actions button")
    assert keys.page.locator("[name=s]").count() == (3 if informant else 1)


def code_sentences(keys, *, several=True):
    """The first sentence, or the first two, are about planning that takes long."""
    keys.press("[name=s]", "Space")
    if several:
        keys.press("[name=s]", "Space")
    keys.press(".coding .bar button")
    keys.page.locator("label.choice", has_text=re.compile(f"^{FACTOR}$")).locator("input").focus()
    keys.page.keyboard.press("Space")
    keys.press("main form .bar button")
    assert keys.page.locator("mark").count() >= 1


def mark_words(keys):
    """Words that are marked become the passage, to the sign, also behind one beyond the first plane."""
    keys.goto(HERE + "sources/")
    with keys.page.expect_navigation():
        keys.page.get_by_role("link", name="Sumber interview").click()
    keys.page.evaluate(
        """() => {
          const line = [...document.querySelectorAll("[data-start]")][2];
          const text = document.createTreeWalker(line, NodeFilter.SHOW_TEXT).nextNode();
          const range = document.createRange();
          range.setStart(text, 10); range.setEnd(text, 15);
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    keys.page.locator("[data-chosen]", has_text="sehat").wait_for()
    with keys.page.expect_navigation():
        keys.page.locator(".coding .bar button").click()
    assert keys.page.locator("blockquote").inner_text() == "sehat"
