"""The residents' voice: a slip answers once, nobody is joined to an answer, a few are never shown."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from pendamping.facilitation import actions, queries
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal

pytestmark = pytest.mark.django_db

DAY, LAST = date(2004, 9, 1), date(2004, 9, 14)
PAGE = reverse("facilitation:rate")


@pytest.fixture
def voice(cast):
    with clock.at(DAY):
        return actions.open_rating(by=cast.chair, ward=cast.ward, closes_on=LAST, slips=6)


def rate(cast, code, **answers):
    return actions.rate(
        by=cast.system, ward=cast.ward, code=code, answers=answers or {"listens": 4}
    )


def clauses(refused):
    return [reason.clause for reason in refused.value.reasons]


def test_who_is_rated_opens_no_round(cast):
    with clock.at(DAY), pytest.raises(Refusal) as refused:
        actions.open_rating(by=cast.facilitator, ward=cast.ward, closes_on=LAST, slips=20)
    assert clauses(refused) == ["access.permission"]


def test_one_round_at_a_time_with_slips_enough_to_be_shown(cast, voice):
    with clock.at(DAY), pytest.raises(Refusal) as refused:
        actions.open_rating(by=cast.chair, ward=cast.ward, closes_on=date(2005, 9, 1), slips=4)
    assert clauses(refused) == [
        "facilitation.rating.days", "facilitation.rating.slips", "facilitation.rating.open",
    ]  # fmt: skip


def test_a_slip_answers_once_and_only_while_its_round_is_open(cast, voice):
    codes = [slip.code for slip in queries.codes(voice)]
    with clock.at(DAY):
        rate(cast, codes[0].lower())
        for code in (codes[0], "AAAAAAAA"):
            with pytest.raises(Refusal) as refused:
                rate(cast, code)
            assert clauses(refused) == ["facilitation.rating.code"]
        with pytest.raises(Refusal) as refused:
            rate(cast, codes[1], listens=5)
        assert clauses(refused) == ["facilitation.rating.answers"]
    with clock.at(date(2004, 9, 15)), pytest.raises(Refusal) as refused:
        rate(cast, codes[1])
    assert clauses(refused) == ["facilitation.rating.code"]


def test_a_round_says_nothing_while_it_is_open_nor_of_fewer_than_five(cast, voice):
    codes = [slip.code for slip in queries.codes(voice)]

    def shown():
        [found] = queries.rating_rounds(cast.ward)
        return found.said.answered, found.said.agree["listens"], found.said.agree["able"]

    with clock.at(DAY):
        for code, answer in zip(codes, (4, 3, 3, 2, 1, 4), strict=True):
            rate(cast, code, listens=answer)
        assert shown() == (None, None, None)
        actions.close_rating(by=cast.ward_admin, ward=cast.ward, round_id=voice.id)
        answered, listens, able = shown()
    assert (answered, listens.fraction, able) == (6, "4/6", None)  # nobody answered the other one


def test_an_answer_holds_no_name_no_code_and_no_time(cast, voice):
    with clock.at(DAY):
        rate(cast, queries.codes(voice)[0].code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM facilitation_rating")
        assert {column[0] for column in cursor.description} == {"id", "round_id", "answers"}


def test_somebody_with_a_slip_answers_without_an_account(client, cast, voice):
    code = queries.codes(voice)[0].code
    with clock.at(DAY):
        asked = client.get(f"{PAGE}?code={code[:4]}-{code[4:]}")
        assert "mendengar, tidak memutuskan untuk kami" in asked.text
        told = {"code": code, "answer": "1", "listens": "4", "able": "2"}
        assert client.post(PAGE, {"code": code, "answer": "1"}).status_code == 409
        assert "Terima kasih" in client.post(PAGE, told).text
        again = client.post(PAGE, told)
    assert again.status_code == 409
    assert "Terima kasih" not in again.text


def test_guessing_codes_ends_after_twenty(client, cast, voice):
    with clock.at(DAY):
        answers = [client.get(f"{PAGE}?code=AAAA{number:04d}").status_code for number in range(21)]
        assert (set(answers[:20]), answers[20]) == ({409}, 429)


def test_the_package_has_rounds_and_answers_but_no_codes_and_never_those_of_a_few(cast, voice):
    codes = [slip.code for slip in queries.codes(voice)]
    with clock.at(DAY):
        for code in codes[:4]:
            rate(cast, code)

    def answers(on):
        with clock.at(on):
            return list(queries.dump(cast.ward)["help_answers"])

    after = date(2004, 9, 15)
    assert answers(after) == []
    with clock.at(LAST):
        rate(cast, codes[4])
    assert answers(LAST) == []  # it is open until the evening
    assert [sorted(one) for one in answers(after)] == [["answers", "id", "round"]] * 5
    [row] = queries.dump(cast.ward)["help_rounds"]
    assert (row["number"], row["slips"]) == (1, 6)
    assert not any(code in str(row) for code in codes)
