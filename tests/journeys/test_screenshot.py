"""The picture of the README is made here: ``make screenshot``."""

import os
import re
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs" / "screenshot.png"
COMMAND = str(Path(sys.executable).parent / "pendamping")
WIDE, HIGH = 1200, 800


@pytest.fixture
def case(tmp_path):
    """The case, served as an operator would serve it; its address."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PENDAMPING")
    }
    environment["PENDAMPING_HOME"] = str(tmp_path)
    environment.pop("DATABASE_URL", None)
    subprocess.run([COMMAND, "demo", "empang"], env=environment, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = subprocess.Popen([COMMAND, "serve", "--port", str(port)], env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        serving.terminate()
        serving.wait(timeout=20)


def wait_for(address):
    for _attempt in range(300):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(address)


def take(address):
    """The treasurer's day, in Indonesian."""
    from playwright.sync_api import sync_playwright
    from scripts.check_browser import find

    from pendamping.demo.people import PASSWORD, WARD

    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDE, "height": HIGH}, locale="id-ID")
        page.goto(f"{address}/login/")
        page.fill("input[name=login]", "upk")
        page.fill("input[name=password]", PASSWORD)
        page.locator("form:has(input[name=password]) [type=submit]").click()
        page.wait_for_url(re.compile(r"^(?!.*login)"))
        page.goto(f"{address}/w/{WARD}/")
        page.screenshot(path=str(PICTURE))
        browser.close()


@pytest.mark.skipif(os.environ.get("PENDAMPING_SCREENSHOT") != "1", reason="make screenshot")
def test_it_can_be_made_anew(request):
    take(request.getfixturevalue("case"))
    assert PICTURE.stat().st_size > 10_000


def test_it_is_there_in_the_size_that_the_readme_expects():
    content = PICTURE.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (WIDE, HIGH)
