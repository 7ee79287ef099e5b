"""Coming in: by a slip, by a password, by neither; over two workers that share their counters."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.cast import PASSWORD, WARD

NEW_PASSWORD = "bunga melati di pagar"


def faults(page):
    """What axe finds on the page, with the markup that it means."""
    found = Axe().run(page).response["violations"]
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in found]


def try_to_log_in(page, site, username, password):
    page.goto(f"{site.url}/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def test_an_invitation_travels_on_a_slip_from_one_desk_to_another(
    browser, site, laptop, phone, log_in
):
    log_in(laptop, site.url, "ward-admin")
    laptop.goto(f"{site.url}/w/{WARD}/people/")
    laptop.get_by_role("link", name="Undang seseorang").click()
    laptop.get_by_label("Nama lengkap").fill("Contoh Kader Baru")
    laptop.get_by_label("Nama pengguna").fill("kader-baru")
    laptop.locator("select[name=role]").select_option(label="Kader")
    assert faults(laptop) == []
    laptop.get_by_role("button", name="Buat slipnya").click()
    code = laptop.locator("#code").inner_text()
    assert faults(laptop) == []

    phone.goto(f"{site.url}/login/")
    phone.get_by_role("link", name="Saya punya slip berisi kode").click()
    phone.get_by_label("Kode di slip").fill(code.lower().replace("-", " "))
    phone.get_by_label("Kata sandi baru").fill(NEW_PASSWORD)
    phone.get_by_label("Ketik sekali lagi").fill(NEW_PASSWORD)
    assert faults(phone) == []
    phone.locator("main form button[type=submit]").click()
    phone.wait_for_url("**/login/")
    log_in(phone, site.url, "kader-baru", NEW_PASSWORD)
    assert phone.url == f"{site.url}/w/{WARD}/"
    assert faults(phone) == []


@pytest.mark.parametrize("device", ["phone", "laptop"])
def test_the_pages_of_people_hold_on_every_screen(request, site, log_in, device):
    page = request.getfixturevalue(device)
    log_in(page, site.url, "ward-admin")
    width = page.viewport_size["width"]
    for address in (f"/w/{WARD}/people/", f"/w/{WARD}/people/role/", "/account/password/"):
        page.goto(f"{site.url}{address}")
        assert faults(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_one_changes_the_language_and_logs_out(site, laptop, log_in):
    log_in(laptop, site.url, "facilitator")
    laptop.locator("form.language button[value=en]").click()
    assert laptop.locator("html").get_attribute("lang") == "en"
    laptop.goto(f"{site.url}/logout/")
    laptop.locator("main form button[type=submit]").click()
    laptop.goto(f"{site.url}/w/{WARD}/")
    assert "/login/" in laptop.url


def test_after_five_bad_logins_no_worker_takes_the_right_password(site, phone):
    for _ in range(5):
        try_to_log_in(phone, site, "cadre", "salah sama sekali")
        assert "/login/" in phone.url
    for _ in range(4):  # the two workers answer in turn
        try_to_log_in(phone, site, "cadre", PASSWORD)
        assert "/login/" in phone.url
    phone.goto(f"{site.url}/w/{WARD}/")
    assert "/login/" in phone.url
