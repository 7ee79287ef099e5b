"""Treasurers who press the button at the same moment, and one whose computer dies.

Real processes on a database of their own: what is append-only cannot be cleaned up between tests.
"""

EACH = 287_500


def test_payments_at_the_same_moment_are_all_kept_and_the_books_hold(office):
    loan = office.ask("prepare")["loan"]
    amounts = [EACH, 100_000, 50_000, EACH]
    steps = [("pay", loan, str(amount), f"form-{n}") for n, amount in enumerate(amounts)]
    office.together(*steps)
    found = office.ask("look")
    assert sorted(amount for _, amount in found["payments"]) == sorted(amounts)
    assert sorted(number for number, _ in found["payments"]) == [1, 2, 3, 4]
    assert found["paid"] == sum(amounts)
    assert (found["breaks"], found["seals"]) == ([], [])


def test_one_form_sent_by_two_at_the_same_moment_is_one_payment(office):
    loan = office.ask("prepare")["loan"]
    answers = office.together(*[("pay", loan, str(EACH), "the-same-form")] * 3)
    assert len({answer["repayment"] for answer in answers}) == 1
    found = office.ask("look")
    assert found["payments"] == [[1, EACH]]
    assert (found["breaks"], found["seals"]) == ([], [])


def test_a_computer_that_dies_in_the_middle_leaves_nothing_half_done(office):
    loan = office.ask("prepare")["loan"]
    gate = office.home / "gate"
    gate.touch()
    dying = office.start("hang", loan, str(gate))
    office.wait_for(dying, "middle")
    dying.kill()
    dying.communicate()
    found = office.ask("look")
    assert (found["payments"], found["paid"], found["outstanding"]) == ([], 0, 2_500_000)
    assert (found["breaks"], found["seals"]) == ([], [])
    [again] = office.together(("pay", loan, str(EACH), "cut-off"))
    assert again["receipt"] == 1


def test_a_payment_that_waited_for_a_new_schedule_sees_it(office):
    stage = office.ask("new_plan")
    answers = office.together(
        ("plan_anew", stage["loan"], stage["meeting"]), ("pay_meanwhile", stage["loan"])
    )
    assert [answer["refused"] for answer in answers] == [[], ["loans.repayment.changed"]]
    seen = office.ask("look")
    assert (seen["payments"], seen["breaks"], seen["seals"]) == ([], [], [])
