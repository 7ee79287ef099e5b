"""The look over every ward's books: what the worker finds stands on the pages, and what paper tells."""

import logging

import pytest
from django.core.cache import cache

from pendamping.desk import oversight
from pendamping.funds.ledger import queries as ledger
from pendamping.kernel.refusal import Reason
from pendamping.trail import queries as trail
from pendamping.trail.rules import read_printed
from pendamping.web import worker
from tests.cast import OTHER, WARD

pytestmark = pytest.mark.django_db

BREAK = Reason("ledger.balance", "The books do not hold", {}, {"entry": "x"})


@pytest.fixture
def broken(monkeypatch):
    """A ward whose journal does not hold, behind the back of the database."""
    monkeypatch.setattr(ledger, "wards", lambda: [OTHER, WARD])
    monkeypatch.setattr(ledger, "check", lambda ward: [BREAK] if ward == WARD else [])


def test_before_the_first_look_pages_say_nothing(cast, client):
    cache.delete(oversight.KEY)
    assert oversight.last_look() is None
    client.force_login(cast.administrator)
    assert "Diperiksa pada" not in client.get("/").content.decode()


def test_books_that_hold_are_said_to_hold(cast, client):
    assert oversight.look_over() == []
    client.force_login(cast.administrator)
    assert "Diperiksa pada" in client.get("/").content.decode()


def test_the_worker_finds_a_break_logs_it_and_both_pages_show_it(cast, client, broken, caplog):
    with caplog.at_level(logging.ERROR):
        worker.look_over()
    assert [WARD in record.getMessage() for record in caplog.records] == [True]
    look = oversight.last_look()
    assert (look.wards, look.count) == (2, 1)
    assert [reason.clause for reason in look.of_ward(WARD)] == ["ledger.balance"]
    assert look.of_ward(OTHER) == []
    for who, address in ((cast.administrator, "/"), (cast.ward_admin, f"/w/{WARD}/")):
        client.force_login(who)
        assert "Pembukuan tidak cocok" in client.get(address).content.decode()


def test_whoever_has_no_part_in_the_trail_is_not_alarmed(cast, client, broken):
    oversight.look_over()
    client.force_login(cast.cadre)
    assert "Pembukuan tidak cocok" not in client.get(f"/w/{WARD}/").content.decode()


# --- the seal on paper -------------------------------------------------------------------------------


def test_a_printed_seal_is_the_one_that_the_trail_has(cast):
    number, digits = trail.short_seal(WARD)
    assert read_printed(f"{number}:{digits}") == (number, digits)
    assert len(digits) == 16
    assert trail.compare(WARD, number, digits) is None


def test_a_chain_that_was_sealed_anew_differs_from_the_paper(cast):
    number, digits = trail.short_seal(WARD)
    other = digits.translate(str.maketrans("0123456789abcdef", "123456789abcdef0"))
    assert trail.compare(WARD, number, other).clause == "trail.printed_differs"
    assert trail.compare(WARD, number + 1, digits).clause == "trail.printed_missing"


@pytest.mark.parametrize("text", ["", "7", "7:abc", ":8d78e3e88f56ae77", "x:8d78e3e88f56ae77"])
def test_what_is_no_printed_seal_is_wrong_use(text):
    with pytest.raises(ValueError, match="not a number and a seal"):
        read_printed(text)
