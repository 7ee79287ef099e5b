"""What a purchase stands on, how far money goes ahead of the work, and who hands works over. By hand and by property."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.grants.rules import buying, handing, tranches

RULE = buying.Rule(3, 5_000_000, ("material", "equipment", "transport", "other"), "p2kp2")
PRICES = {
    "TB Contoh Jaya": 40_000_000,
    "TB Contoh Makmur": 43_000_000,
    "TB Contoh Sentosa": 41_000_000,
}
QUOTES = [{"seller": seller, "price": price} for seller, price in PRICES.items()]
AHEAD = handing.Ahead(80, 50, 30_000_000, "p2kp2")
PROOFS = {
    "materials": {"id": "laporan bahan", "en": "materials"},
    "cash_book": {"id": "buku kas", "en": "cash book"},
}
HAND = handing.Hand(PROOFS, True, "p2kp2")


def clauses(found):
    return [one.clause.rpartition(".")[2] for one in found]


def buy(amount, seller, *, cost="material", why="", quotes=QUOTES):
    return clauses(buying.problems(amount, seller, quotes, RULE, cost=cost, why=why))


def test_the_lowest_of_three_is_bought_from_without_a_word():
    assert buy(40_000_000, "TB Contoh Jaya") == []
    assert buy(39_500_000, " tb contoh  jaya ") == []


@pytest.mark.parametrize(
    ("amount", "seller"),
    [(42_000_000, "Toko Sinar"), (41_000_000, "TB Contoh Sentosa"), (40_000_001, "TB Contoh Jaya")],
)
def test_another_seller_a_dearer_one_or_a_higher_price_needs_a_reason(amount, seller):
    assert buy(amount, seller) == ["quotes_lowest"]
    assert buy(amount, seller, why="Yang termurah kehabisan batu") == []


def test_a_reason_does_not_stand_for_a_missing_quote():
    assert buy(40_000_000, "TB Contoh Jaya", quotes=QUOTES[:2], why="Mendesak") == ["quotes"]


def test_wages_are_not_bought_by_quotes_and_what_is_of_no_kind_is():
    assert buy(23_000_000, "Daftar upah KSM", cost="wages", quotes=()) == []
    assert buy(23_000_000, "Daftar upah KSM", cost="", quotes=()) == ["quotes"]
    assert buy(5_000_000, "TB Contoh Jaya", quotes=()) == []


@given(
    st.lists(st.tuples(st.sampled_from("ABCDE"), st.integers(1, 10**8)), max_size=6),
    st.integers(5_000_001, 10**8),
    st.sampled_from("ABCDEF"),
)
def test_what_passes_without_a_reason_is_never_dearer_than_any_quote(asked, amount, seller):
    quotes = [{"seller": one, "price": price} for one, price in asked]
    if buy(amount, seller, quotes=quotes) == []:
        assert len({one for one, _price in asked}) >= 3
        assert amount <= min(price for _one, price in asked)


def test_the_rest_of_a_contract_waits_for_half_the_work_or_a_reason():
    def ask(paid, stands, why="", value=110_000_000):
        return clauses(handing.ahead_problems(value, paid, stands, AHEAD, why))

    assert ask(88_000_000, 0) == []
    assert ask(88_000_001, 49) == ["paid_ahead"]
    assert ask(110_000_000, 50) == []
    assert ask(110_000_000, 40, "Semen naik bulan depan") == []
    assert ask(29_850_000, 0, value=29_850_000) == []


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(0, 100))
def test_more_progress_never_holds_money_back(value, paid, stands):
    here = handing.ahead_problems(value, min(paid, value), stands, AHEAD, "")
    more = handing.ahead_problems(value, min(paid, value), min(stands + 10, 100), AHEAD, "")
    assert len(more) <= len(here)


def test_everything_that_is_missing_before_the_hand_over_is_said_at_once():
    works = handing.Works(90, 18_000_000, ["cash_book"])
    found = handing.ready_problems(works, HAND)
    assert clauses(found) == ["unfinished", "unspent", "handover_proofs"]
    assert "Rp 18.000.000" in found[1].say().replace("\xa0", " ")
    assert handing.ready_problems(handing.Works(100, 0, list(PROOFS)), HAND) == []


def test_nobody_signs_two_steps_however_the_name_is_written():
    day = date(2005, 1, 4)

    def ask(name, rule=HAND):
        signers = {"tppi": "Contoh Koordinator"}
        found = handing.step_problems("bkm", {"tppi": day}, signers, day, "BA-2", name, rule)
        return clauses(found)

    assert ask(" contoh  KOORDINATOR") == ["handover_apart"]
    assert ask("Contoh Sekretaris") == []
    assert ask(" ") == ["signer"]
    assert ask("Contoh Koordinator", handing.Hand(PROOFS, False, "p2kp2")) == []


def test_a_paper_that_is_not_there_is_not_correctly_filled():
    names = {"id": "Kuitansi", "en": "Receipt"}
    papers = [tranches.Paper("receipt", names), tranches.Paper("plan", names)]
    ticks = {"receipt": {"correct": True}, "plan": {"present": True, "correct": True}}
    (one,) = tranches.tick_problems(papers, ticks)
    assert (one.clause, one.where["field"]) == ("grants.papers.present", "present-receipt")


def test_a_seller_who_quoted_twice_is_known_by_the_lowest_price():
    asked = [("A", 1_000_000), ("A", 6_000_000), ("B", 7_000_000), ("C", 8_000_000)]
    quotes = [{"seller": one, "price": price} for one, price in asked]
    assert buy(6_000_000, "A", quotes=quotes) == ["quotes_lowest"]
    assert buy(6_000_000, "A", quotes=quotes[::-1]) == ["quotes_lowest"]
