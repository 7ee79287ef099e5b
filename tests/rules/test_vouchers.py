"""Vouchers: the model follows from the lines, a number reads back as it was written, words as figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lokal import terbilang

from pendamping.funds.ledger.rules.vouchers import MODELS, PATTERN, model_of, read, written

PATTERNS = [PATTERN, "{number}/{model}/{year}", "{year}.{number}.{model}"]
numbers = st.integers(1, 10**6)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(model=st.sampled_from(MODELS), year=st.integers(1990, 2100), number=numbers)
def test_a_number_reads_back_as_it_was_written(pattern, model, year, number):
    assert read(pattern, written(pattern, model, year, number)) == (model, year, number)


@given(st.integers(1, 10**12), st.sampled_from(["cash", "bank", "joint_liability_bank"]))
def test_a_reversal_of_money_in_is_money_out(amount, money):
    assert model_of([(money, amount), ("loans", -amount)]) == "A"
    assert model_of([(money, -amount), ("loans", amount)]) == "B"


@given(st.integers(1, 10**12))
def test_what_moves_no_money_and_what_moves_it_between_places_is_a_transfer(amount):
    assert model_of([("reserve_cost", amount), ("loan_reserve", -amount)]) == "C"
    assert model_of([("bank", amount), ("cash", -amount)]) == "C"


# --- sums in words: read back by rules of our own ---------------------------------------------------

DIGITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def below_a_thousand(words):
    total = held = 0
    for word in words:
        if word in DIGITS:
            held = DIGITS.index(word)
        elif word in ("sepuluh", "sebelas", "seratus"):
            total += {"sepuluh": 10, "sebelas": 11, "seratus": 100}[word]
        else:
            total += held * {"puluh": 10, "ratus": 100, "belas": 1}[word]
            total += 10 if word == "belas" else 0
            held = 0
    return total + held


def in_figures(text):
    total, part = 0, []
    for word in text.replace("seribu", "satu ribu").split():
        if word in SCALES:
            total += below_a_thousand(part) * SCALES[word]
            part = []
        else:
            part.append(word)
    return total + below_a_thousand(part)


@given(st.one_of(st.integers(1, 10**5), st.integers(1, 10**13)))
def test_a_sum_in_words_is_that_sum(amount):
    assert in_figures(terbilang(amount)) == amount
