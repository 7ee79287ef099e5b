"""What somebody sees and presses: pages are met by their roles, labels and names, never by addresses."""

import re
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Locator, Page
from pypdf import PdfReader

from tests.cast import PASSWORD

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}
WAIT_MS = 10_000


class Screen:
    """One person's browser, on a phone or a laptop; they log in once, at the start page."""

    def __init__(self, page: Page, address: str, username: str, password: str = PASSWORD) -> None:
        self.page = page
        page.set_default_timeout(WAIT_MS)
        page.goto(address)
        self.fill("Nama pengguna", username)
        self.fill("Kata sandi", password)
        self.press("Masuk")

    # --- going somewhere -------------------------------------------------------------------------

    def room(self, name: str) -> None:
        """Open a room of the ward by the bar of pages; on a phone perhaps under *Lainnya*."""
        bar = self.page.get_by_role("navigation", name="Halaman kelurahan")
        link = bar.get_by_role("link", name=name, exact=True).locator("visible=true")
        if not link.count():
            bar.get_by_text("Lainnya", exact=True).click()
        self._go(link.first)

    def follow(self, name: str | re.Pattern[str], within: str = "") -> None:
        """Follow a link by its name; ``within``: the text of the row or card where it stands."""
        self._go(
            self._place(within).get_by_role("link", name=name, exact=isinstance(name, str)).first
        )

    def press(self, name: str | re.Pattern[str], within: str = "") -> None:
        """Press a button by its name and wait for the page that answers."""
        self._go(
            self._place(within).get_by_role("button", name=name, exact=isinstance(name, str)).first
        )

    def unfold(self, name: str) -> None:
        """Open what is folded away under its name."""
        self.page.locator("summary", has_text=name).click()

    def banner(self, name: str) -> None:
        """Follow a link in the strip on top of a practice ward's pages."""
        self._go(self.page.get_by_role("banner").get_by_role("link", name=name, exact=True))

    def crumb(self, place: int) -> None:
        """Go back by the path on top; 0 is its first step."""
        steps = self.page.get_by_role("navigation", name="Anda di sini").get_by_role("link")
        self._go(steps.nth(place))

    def _place(self, within: str) -> Locator:
        if not within:
            return self.page.get_by_role("main")
        rows = self.page.get_by_role("row").or_(self.page.get_by_role("listitem"))
        return rows.filter(has_text=within).first

    def _go(self, where: Locator) -> None:
        with self.page.expect_navigation(wait_until="load"):
            where.click()

    # --- filling in ------------------------------------------------------------------------------

    def fill(
        self, label: str | re.Pattern[str], value: object, within: Locator | None = None
    ) -> None:
        """Type into a field by its label; a day as the browser's own calendar takes it."""
        text = value.isoformat() if isinstance(value, date) else str(value)
        self.field(label, within).fill(text)

    def field(self, label: str | re.Pattern[str], within: Locator | None = None) -> Locator:
        """The field under a label; the marks of what must or may be filled in are no part of it."""
        if isinstance(label, str):
            label = re.compile(rf"^{re.escape(label)}\s*(\*|\(bila ada\))?$")
        return (within or self.page).get_by_label(label)

    def choose(self, label: str, option: str, within: Locator | None = None) -> None:
        """Choose from a list by what stands in it."""
        self.field(label, within).select_option(label=option)

    def choose_containing(self, label: str, text: str) -> None:
        """Choose the first that holds the text, where a list shows codes or days beside it."""
        lists = self.field(label)
        option = lists.locator("option", has_text=text).first
        lists.select_option(value=option.get_attribute("value"))

    def tick(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Tick a box or choose one of several by its text."""
        place = within or self.page.get_by_role("main")
        box = place.get_by_role("checkbox", name=name).or_(place.get_by_role("radio", name=name))
        box.first.check()

    def untick(self, name: str, within: Locator) -> None:
        """Take a tick away."""
        within.get_by_role("checkbox", name=name).uncheck()

    def tick_if_there(self, name: str) -> None:
        """Tick a box where it stands on this page and can be ticked."""
        box = self.page.get_by_role("checkbox", name=name)
        if box.count() and box.first.is_enabled():
            box.first.check()

    def wait_for_boxes(self, text: str) -> None:
        """Wait until the part of the page that answers in place shows boxes with the text alone."""
        self.page.get_by_role("checkbox", name=text).first.wait_for()

    def wait_for(self, text: str) -> None:
        """Wait until the part of the page that answers in place says so."""
        spaced = re.compile(re.escape(text).replace(r"\ ", r"\s"))
        self.page.get_by_text(spaced).first.wait_for()

    def sheet(self, name: str) -> Locator:
        """The sheet that a grave step opens under its name."""
        return self.page.locator("details[open]").filter(has=self.page.get_by_text(name)).last

    def card(self, name: str) -> Locator:
        """The framed group of fields under a name."""
        return self.page.get_by_role("group", name=re.compile(rf"^{re.escape(name)}")).first

    def upload(self, label: str, path: Path) -> None:
        """Choose a file."""
        self.field(label).set_input_files(path)

    # --- reading ---------------------------------------------------------------------------------

    def read(self) -> str:
        """What stands on the page, with single spaces."""
        return " ".join(self.page.get_by_role("main").inner_text().split())

    def sees(self, *texts: str) -> None:
        """Each of the texts stands on the page; it is no wider than the screen, no id stands twice."""
        shown = self.read()
        missing = [text for text in texts if text not in shown]
        assert not missing, f"{missing} is not on the page: {shown}"
        width = self.page.viewport_size["width"]
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width, self.page.url
        ids = self.page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
        assert len(ids) == len(set(ids)), [one for one in ids if ids.count(one) > 1]

    def heading(self) -> str:
        """The title of the page."""
        return self.page.get_by_role("heading", level=1).inner_text().strip()

    def reasons(self) -> list[str]:
        """The reasons of the refusal on the page, each as it reads."""
        shown = self.page.get_by_role("alert").locator("ol > li p")
        return [" ".join(text.split()) for text in shown.all_inner_texts()]

    def table(self, caption: str) -> list[dict[str, str]]:
        """A table by its caption: each row as heading and text."""
        table = self.page.get_by_role("table", name=caption, exact=True)
        cells = """table => [...table.tBodies[0].rows].map(row => Object.fromEntries(
            [...row.cells].map(cell => [cell.dataset.label, cell.innerText.trim()
                .replaceAll("\\u00a0", " ")])))"""
        return table.evaluate(cells)

    def figure(self, label: str) -> str:
        """The number on the tile with this label."""
        tile = self.page.locator(".stat").filter(has=self.page.get_by_text(label, exact=True))
        return " ".join(tile.locator(".value").inner_text().split())

    # --- files -----------------------------------------------------------------------------------

    def download(self, name: str, path: Path) -> Path:
        """Follow a link that downloads a file."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=name, exact=True).click()
        waiting.value.save_as(path)
        return path

    def paper(self, name: str) -> str:
        """The text of the PDF behind a link."""
        link = self.page.get_by_role("link", name=name, exact=True)
        answer = self.page.request.get(link.evaluate("link => link.href"))
        assert answer.headers["content-type"] == "application/pdf"
        pages = PdfReader(BytesIO(answer.body())).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())


class Ward:
    """The people of the ward, each with a browser of their own, opened when they are first needed."""

    def __init__(self, browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.screens: dict[str, Screen] = {}

    def __call__(self, username: str, size: dict[str, int] = LAPTOP) -> Screen:
        """The screen of somebody of the cast."""
        if username not in self.screens:
            page = self.browser.new_context(viewport=size, accept_downloads=True).new_page()
            self.screens[username] = Screen(page, self.address, username)
        return self.screens[username]

    def close(self) -> None:
        """Everybody goes home."""
        for screen in self.screens.values():
            screen.page.context.close()


def numbers(texts: Iterable[str]) -> list[int]:
    """The whole numbers in texts like ``Rp 287.500`` or ``3 angsuran``; 0 for a dash."""
    return [int("".join(re.findall(r"\d", text)) or 0) for text in texts]
