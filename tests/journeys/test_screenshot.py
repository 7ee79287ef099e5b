"""The picture of the README: ``make screenshot`` makes it, and it shows the page as it is today."""

import os
import re
import struct
from pathlib import Path

from pendamping.demo.people import PASSWORD, WARD

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs" / "screenshot.png"
WORDS = ROOT / "docs" / "screenshot.txt"
WIDE, HIGH = 1200, 800


def show(address, page):
    """The treasurer's day, in Indonesian."""
    page.set_viewport_size({"width": WIDE, "height": HIGH})
    page.goto(f"{address}/login/")
    page.fill("input[name=login]", "upk")
    page.fill("input[name=password]", PASSWORD)
    page.locator("form:has(input[name=password]) button.primary").click()
    page.wait_for_url(re.compile(r"^(?!.*login)"))
    page.goto(f"{address}/w/{WARD}/")


def words_in_sight(page):
    """What is read in the picture, a line each: the texts that lie on it, at least in part."""
    lines = page.evaluate(
        """([wide, high]) => {
          const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const text = walker.currentNode.textContent.replace(/\\s+/g, " ").trim();
            const range = document.createRange();
            range.selectNodeContents(walker.currentNode);
            const box = range.getBoundingClientRect();
            const inside = box.width && box.top < high && box.bottom > 0 && box.left < wide && box.right > 0;
            if (text && inside && walker.currentNode.parentElement.checkVisibility()) found.push(text);
          }
          return found;
        }""",
        [WIDE, HIGH - 40],
    )
    return "".join(f"{line}\n" for line in lines)


def test_the_picture_shows_the_page_as_it_is(case_site, laptop):
    """Its words are kept beside it; where they differ: ``make screenshot``."""
    show(case_site.url, laptop)
    words = words_in_sight(laptop)
    assert "Contoh Bendahara" in words
    if os.environ.get("PENDAMPING_SCREENSHOT") == "1":
        laptop.screenshot(path=str(PICTURE))
        WORDS.write_text(words, encoding="utf-8")
    assert WORDS.read_text(encoding="utf-8") == words, "make screenshot"


def test_it_is_there_in_the_size_that_the_readme_expects():
    content = PICTURE.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (WIDE, HIGH)
