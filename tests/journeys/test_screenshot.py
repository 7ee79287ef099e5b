"""The picture of the README is made here: ``make screenshot``."""

import os
import re
import struct
from pathlib import Path

import pytest

from pendamping.demo.people import PASSWORD, WARD

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs" / "screenshot.png"
WIDE, HIGH = 1200, 800


def take(address, page):
    """The treasurer's day, in Indonesian."""
    page.set_viewport_size({"width": WIDE, "height": HIGH})
    page.goto(f"{address}/login/")
    page.fill("input[name=login]", "upk")
    page.fill("input[name=password]", PASSWORD)
    page.locator("form:has(input[name=password]) button.primary").click()
    page.wait_for_url(re.compile(r"^(?!.*login)"))
    page.goto(f"{address}/w/{WARD}/")
    page.screenshot(path=str(PICTURE))


@pytest.mark.skipif(os.environ.get("PENDAMPING_SCREENSHOT") != "1", reason="make screenshot")
def test_it_can_be_made_anew(request):
    site, page = request.getfixturevalue("case_site"), request.getfixturevalue("laptop")
    take(site.url, page)
    assert PICTURE.stat().st_size > 10_000


def test_it_is_there_in_the_size_that_the_readme_expects():
    content = PICTURE.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (WIDE, HIGH)
