"""The savings cards of groups, tied to the books at the end of every day."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.ledger import queries as books
from pendamping.funds.savings import actions as savings
from pendamping.funds.savings import queries as cards
from pendamping.funds.savings.rules import Change, lowest_after
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from tests import lending
from tests.lending import transfer
from tests.rooms.test_ledger_attacks import attack
from tests.staging import staged

ON = date(2004, 2, 10)


@staged
def group(cast):
    lending.open_fund(cast)
    return lending.form_group(cast)


@pytest.fixture
def move(cast, group):
    def do(kind, on, amount, **more):
        call = getattr(savings, f"record_{kind}")
        arguments = {"by": cast.treasurer, "ward": cast.ward, "group_id": group.id}
        if kind == "withdrawal" and not more.get("person"):
            arguments["signers"] = lending.officers(group.id)
        return call(**{**arguments, "on": on, "amount": amount, **more})

    return do


def refused(call, *args, **arguments):
    with pytest.raises(Refusal) as refusal:
        call(*args, **arguments)
    return [reason.clause for reason in refusal.value.reasons]


@pytest.mark.django_db
def test_a_deposit_is_on_the_card_and_in_the_books(cast, group, move):
    paid = move("deposit", ON, 25_000)
    assert cards.balance(group.id) == 25_000
    assert cards.balance(group.id, ON - timedelta(days=1)) == 0
    assert books.balance(cast.ward, "21020") == -25_000
    assert paid.number == 1
    assert cards.check(cast.ward) == []


@pytest.mark.django_db
def test_a_receipt_says_to_whom_the_money_went(client, cast, move):
    client.force_login(cast.treasurer)
    said = []
    for kind in ("deposit", "withdrawal"):
        one = move(kind, ON, 25_000)
        at = reverse("savings:receipt", kwargs={"ward": cast.ward, "movement": one.id})
        page = client.get(at).content.decode()
        said.append(("Diterima dari" in page, "Dibayarkan kepada" in page))
    assert said == [(True, False), (False, True)]


@pytest.mark.django_db
def test_three_months_in_a_row_are_counted_and_a_gap_starts_anew(group, move):
    for month in (2, 3, 4):
        move("deposit", date(2004, month, 10), 5_000)
    assert cards.months_saved(group.id, date(2004, 4, 30)) == 3
    assert cards.months_saved(group.id, date(2004, 6, 1)) == 0
    move("deposit", date(2004, 6, 10), 5_000)
    assert cards.months_saved(group.id, date(2004, 6, 30)) == 1


@pytest.mark.django_db
def test_a_deposit_that_was_taken_back_does_not_count_as_saving(cast, group, move):
    paid = move("deposit", ON, 5_000)
    savings.reverse_movement(
        by=cast.treasurer, ward=cast.ward, movement_id=paid.id, on=date(2004, 2, 12), why="salah"
    )
    assert cards.months_saved(group.id, ON) == 1
    assert cards.months_saved(group.id, date(2004, 2, 28)) == 0
    assert cards.balance(group.id) == books.balance(cast.ward, "savings") == 0
    assert [line.balance for line in cards.card(group.id)] == [5_000, 0]
    again = {"by": cast.treasurer, "ward": cast.ward, "movement_id": paid.id, "why": "x"}
    clauses = refused(savings.reverse_movement, on=date(2004, 2, 13), **again)
    assert clauses == ["savings.reversed"]
    assert cards.check(cast.ward) == []


@pytest.mark.django_db
def test_a_deposit_is_not_taken_back_out_of_a_drawer_that_is_empty_on_a_day_since(cast, move):
    paid = move("deposit", ON, 25_000)
    transfer(cast, date(2004, 3, 1), "cash", "bank", 10_000)
    transfer(cast, date(2004, 3, 5), "bank", "cash", 10_000)
    back = {"by": cast.treasurer, "ward": cast.ward, "movement_id": paid.id, "why": "salah"}
    clauses = refused(savings.reverse_movement, on=date(2004, 2, 12), **back)
    assert clauses == ["ledger.below_zero"]
    assert cards.balance(paid.group_id) == 25_000
    savings.reverse_movement(on=date(2004, 3, 5), **back)
    assert books.balance(cast.ward, "cash", date(2004, 3, 5)) == 0


@pytest.mark.django_db
def test_a_card_never_falls_below_zero_on_any_day(cast, group, move):
    move("deposit", ON, 10_000)
    move("withdrawal", date(2004, 4, 1), 8_000)
    assert refused(move, "withdrawal", date(2004, 3, 1), 3_000) == ["savings.common"]
    move("withdrawal", date(2004, 3, 1), 2_000)
    assert cards.balance(group.id) == 0
    assert cards.check(cast.ward) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "amount", "clause"),
    [
        (ON, 0, "savings.amount"),
        (lending.FORMED - timedelta(days=1), 5, "savings.date"),
        (date(2999, 1, 1), 5, "savings.date"),
    ],
)
def test_it_refuses_what_cannot_have_been(move, on, amount, clause):
    assert refused(move, "deposit", on, amount) == [clause]


@pytest.mark.django_db
def test_a_member_may_save_by_name_and_nobody_else(cast, group, move):
    member = institutions.members(group.id, ON)[0]
    assert move("deposit", ON, 5_000, person=member.person_id).person_id == member.person_id
    [outsider] = lending.residents_of(cast, 1)
    assert refused(move, "deposit", ON, 5_000, person=outsider) == ["savings.member"]


@pytest.mark.django_db
def test_a_form_that_is_sent_again_posts_once(cast, group, move):
    first = move("deposit", ON, 5_000, request_id="form-1")
    assert move("deposit", ON, 5_000, request_id="form-1").id == first.id
    assert cards.balance(group.id) == 5_000
    assert refused(move, "deposit", ON, 6_000, request_id="form-1") == ["savings.request"]
    before = ON - timedelta(days=1)
    assert refused(move, "deposit", before, 5_000, request_id="form-1") == ["savings.request"]
    assert refused(move, "withdrawal", ON, 5_000, request_id="form-1") == ["savings.request"]
    one = institutions.members(group.id, ON)[0].person_id
    with pytest.raises(Refusal) as refusal:
        move("deposit", ON, 5_000, person=one, request_id="form-1")
    assert [reason.values for reason in refusal.value.reasons] == [{"booked": first.receipt}]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "who",
    ["administrator", "ward_admin", "facilitator", "cadre", "chair", "officer", "verifier", "lead",
     "stranger"],
)  # fmt: skip
def test_it_refuses_every_role_but_the_treasurer(cast, group, move, who):
    by = getattr(cast, who)
    paid = move("deposit", ON, 5_000)
    assert refused(move, "deposit", ON, 5_000, by=by) == ["access.permission"]
    assert refused(move, "withdrawal", ON, 5_000, by=by) == ["access.permission"]
    back = {"ward": cast.ward, "movement_id": paid.id, "on": ON, "why": "x"}
    assert refused(savings.reverse_movement, by=by, **back) == ["access.permission"]


days = st.lists(st.dates(date(2003, 1, 1), date(2005, 12, 31)), max_size=40)


@given(
    st.lists(
        st.tuples(st.dates(date(2004, 1, 1), date(2004, 3, 1)), st.integers(-50, 50)), max_size=15
    ),
    st.dates(date(2004, 1, 1), date(2004, 3, 1)),
)
def test_the_lowest_balance_is_the_smallest_of_all_days(found, on):
    changes = [Change(day, amount) for day, amount in found]
    balances = [
        sum(amount for day, amount in found if day <= on + timedelta(days=ahead))
        for ahead in range(62)
    ]
    assert lowest_after(changes, on) == min(balances)


@pytest.mark.django_db
def test_nothing_is_taken_out_of_a_drawer_that_is_empty_on_a_day_since(cast, group, move):
    move("deposit", ON, 60_000)
    transfer(cast, date(2004, 2, 14), "cash", "bank", 40_000)
    assert refused(move, "withdrawal", date(2004, 2, 20), 50_000) == ["ledger.below_zero"]
    assert refused(move, "withdrawal", date(2004, 2, 12), 20_001) == ["ledger.below_zero"]
    transfer(cast, date(2004, 2, 18), "bank", "cash", 40_000)
    assert refused(move, "withdrawal", date(2004, 2, 12), 20_001) == ["ledger.below_zero"]
    move("withdrawal", date(2004, 2, 12), 20_000)
    assert books.lowest(cast.ward, "cash", ON) == 0
    move("withdrawal", date(2004, 2, 20), 40_000)
    assert cards.balance(group.id) == books.balance(cast.ward, "savings") == 0


# --- whose money it is ------------------------------------------------------------------------------


def people(group):
    return [one.person_id for one in institutions.members(group.id, ON)]


@pytest.mark.django_db
def test_a_member_takes_out_her_own_savings_and_nobody_elses(cast, group, move):
    siti, wati, *_others = people(group)
    move("deposit", ON, 30_000, person=siti)
    move("deposit", ON, 50_000, person=wati)
    move("deposit", ON, 40_000)
    assert cards.parts(group.id, ON) == {"": 40_000, siti: 30_000, wati: 50_000}
    assert refused(move, "withdrawal", ON, 30_001, person=siti) == ["savings.own"]
    assert refused(move, "withdrawal", ON, 40_001) == ["savings.common"]
    move("withdrawal", ON, 30_000, person=siti)
    move("withdrawal", ON, 40_000)
    assert cards.parts(group.id, ON) == {"": 0, siti: 0, wati: 50_000}
    assert cards.check(cast.ward) == []


@pytest.mark.django_db
def test_her_own_card_is_never_below_zero_on_a_later_day_either(cast, group, move):
    siti, wati, *_others = people(group)
    first = move("deposit", ON, 30_000, person=siti)
    move("deposit", ON, 50_000, person=wati)
    move("withdrawal", ON + timedelta(days=9), 20_000, person=siti)
    assert refused(move, "withdrawal", ON, 10_001, person=siti) == ["savings.own"]
    back = {"by": cast.treasurer, "ward": cast.ward, "movement_id": first.id, "why": "salah"}
    assert refused(savings.reverse_movement, on=ON, **back) == ["savings.own"]


@pytest.mark.django_db
def test_common_savings_go_out_with_the_signatures_of_two_officers_which_stay(cast, group, move):
    chair, secretary, treasurer, member, *_ = people(group)
    move("deposit", ON, 40_000)

    def take(*signers, amount=10_000):
        return move("withdrawal", ON, amount, signers=signers)

    for signers in ((), (chair,), (chair, chair)):
        assert refused(take, *signers) == ["savings.p2kp2.common_signers"]
    assert refused(take, chair, member) == ["savings.signer"]
    assert refused(take, chair, secretary, "nobody") == ["savings.signer"]
    assert refused(take, chair, amount=40_001) == ["savings.common", "savings.p2kp2.common_signers"]
    made = cards.movement(cast.ward, take(treasurer, chair).id)
    assert {one["person"]: one["role"] for one in made.signers} == {
        chair: "chair", treasurer: "treasurer",
    }  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        attack(by=cast.system, sql=["UPDATE savings_movement SET signers = NULL"])


@pytest.mark.django_db
def test_the_card_asks_about_a_large_sum_and_a_day_far_back_and_takes_signatures(
    cast, client, group
):
    chair, secretary, *_ = people(group)
    client.force_login(cast.treasurer)
    page = reverse("savings:card", kwargs={"ward": cast.ward, "group": group.id})
    with clock.at(date(2004, 3, 1)):
        typed = {"kind": "deposit", "amount": "1.000.001", "on": "2004-02-10", "person": ""}
        asked = client.post(page, typed).content.decode()
        assert "1.000.001? Belum ada yang dibukukan" in asked and "20 hari yang lalu" in asked
        assert cards.balance(group.id) == 0
        assert client.post(page, {**typed, "seen": "1000001|2004-02-10"}).status_code == 302
        small = {"kind": "withdrawal", "amount": "5.000", "on": "2004-03-01", "person": ""}
        few = client.post(page, {**small, "signers": [chair]})
        assert (few.status_code, cards.balance(group.id)) == (409, 1_000_001)
        assert "tanda tangan 2 pengurus" in few.content.decode()
        sent = client.post(page, {**small, "signers": [chair, secretary]}, follow=True)
    assert "Ditandatangani atas nama KSM:" in sent.content.decode()
    assert cards.balance(group.id) == 995_001
