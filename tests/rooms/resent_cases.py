"""What each action of a form is told, for the tests of forms that are sent again.

A case gives what its action is told but for who, where and the request; and, where it is no use to change an
argument just so, another value of its kind.
"""

from dataclasses import replace
from datetime import date

from pendamping.cadres import actions as cadres
from pendamping.complaints import actions as complaints
from pendamping.facilitation import actions as facilitation
from pendamping.funds.grants import actions as grants
from pendamping.funds.grants import queries as windows
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.savings import actions as savings
from pendamping.funds.upk import actions as upk
from pendamping.households import actions as households
from pendamping.households import queries as residents
from pendamping.households.rules.life import NewPerson
from pendamping.insight import actions as insight
from pendamping.kernel import clock
from pendamping.meetings import actions as meetings
from pendamping.notice import actions as notice
from pendamping.offline import actions as offline
from pendamping.planning import actions as planning
from tests import complaining, granting, lending
from tests.gatherings import board_decides, meet
from tests.rooms.test_loans import DUES
from tests.rooms.test_loans_joint import OWN, two_cover
from tests.rooms.test_offline import TOLD, WRITTEN

DAY = date(2004, 6, 20)
CHILD = NewPerson("Contoh Anak", "L", "child", date(1984, 1, 1))
HOME = [NewPerson("Contoh Bapak", "L", "head", date(1960, 1, 1)),
        NewPerson("Contoh Ibu", "P", "spouse", date(1965, 1, 1)), CHILD]  # fmt: skip


def home(fund):
    made = households.add_household(
        by=fund.cadre, ward=fund.ward, on=date(2004, 1, 5), rw="5", rt="2", members=HOME,
        new_place=True,
    )  # fmt: skip
    who = {each.relation: each.id for each in residents.household(fund.ward, made.id).members}
    return made.id, who


def add_household(fund):
    home(fund)
    return {"by": fund.cadre, "on": DAY, "rw": "5", "rt": "2", "members": HOME[:1]}


def record_birth(fund):
    return {
        "by": fund.cadre,
        "household_id": home(fund)[0],
        "on": DAY,
        "name": "Kembar",
        "sex": "L",
    }


def record_move_in(fund):
    return {
        "by": fund.cadre,
        "household_id": home(fund)[0],
        "on": DAY,
        "person": replace(CHILD, name="Tamu"),
    }


def record_death(fund):
    told = {"by": fund.cadre, "person_id": home(fund)[1]["spouse"], "on": DAY}
    return told, {"relations": {"x": "child"}}


def record_move_out(fund):
    here, who = home(fund)
    return {"by": fund.cadre, "household_id": here, "people": [who["child"]], "on": DAY}


def split_household(fund):
    here, who = home(fund)
    return {"by": fund.cadre, "household_id": here, "people": [who["child"]], "head": who["child"],
            "on": DAY, "rw": "5", "rt": "2"}  # fmt: skip


def join_households(fund):
    return {"by": fund.cadre, "household_id": home(fund)[0], "into": home(fund)[0], "on": DAY}


def log_day(fund):
    return {"by": fund.facilitator, "on": DAY, "stage": "groups", "roles": ["technical"], "minutes": 60,
            "decided_by": "joint", "women": 3, "men": 2, "result": "Pertama"}  # fmt: skip


def plan_activity(fund):
    return {"by": fund.facilitator, "on": clock.today(), "stage": "groups", "activity": "Kunjungan"}


def call_meeting(fund):
    told = {"by": fund.facilitator, "kind": "citizens", "held_on": DAY, "place": "Balai"}
    return told, {
        "rw": "02",
        "rt": "03",
        "members": ["x"],
        "asked": [{"subject": "x", "text": "y"}],
    }


def record_decision(fund):
    people = lending.residents_of(fund, 10)
    met = meet(fund, people, kind="citizens", on=DAY, eligible=10)
    told = {
        "by": fund.facilitator,
        "meeting_id": met.id,
        "subject": "meetings.other",
        "text": "Iuran",
    }
    return told, {"outcome": "rejected", "votes": {"for": 6, "against": 1, "abstain": 0}}


def note_deed(fund):
    person = lending.residents_of(fund, 1)[0]
    cadre = cadres.join(by=fund.facilitator, ward=fund.ward, person=person, joined_on=date(2004, 5, 1),
                        stage="groups")  # fmt: skip
    return {"by": fund.cadre, "cadre_id": cadre.id, "on": DAY, "what": "Menengok KSM"}


def take_in(fund):
    told = {
        "by": fund.facilitator,
        "kind": "log",
        "device": "phone-1",
        "written_at": WRITTEN,
        "told": TOLD,
    }
    return told, {"kind": "roll"}


def receive(fund):
    person = {
        "name": complaining.NAME,
        "contact": complaining.CONTACT,
        "address": complaining.ADDRESS,
    }
    told = {"by": fund.cadre, "received_on": DAY, "channel": "face_to_face", "kind": "problem",
            "scope": "administrative", "about": "works", "text": complaining.TEXT, "person": person}  # fmt: skip
    return told, {"amount": 5}


def record_recovered(fund):
    today = clock.today()
    found = complaining.handed_in(fund, misuse=True, amount=1_000_000, received_on=today)
    return {
        "by": fund.chair,
        "complaint_id": found.id,
        "amount": 400_000,
        "text": "Kas Sekretariat",
    }


def record_need(fund):
    lending.residents_of(fund, 2)
    return {"by": fund.cadre, "component": "physical", "title": "Sumur", "place": "", "cost": 1_000_000,
            "asked_by": "women", "asked_on": DAY}  # fmt: skip


def record_potential(fund):
    lending.residents_of(fund, 2)
    return {"by": fund.cadre, "title": "Mata air", "place": "", "found_on": DAY}


def record_voucher(fund):
    return {"by": fund.treasurer, "kind": "out", "debit": "51010", "credit": "cash", "amount": 25_000,
            "on": DAY, "narration": "Kertas"}  # fmt: skip


def buy_item(fund):
    return {
        "by": fund.treasurer,
        "name": "Meja",
        "on": DAY,
        "cost": 90_000,
        "residue": 0,
        "life_months": 9,
    }


def record_deposit(fund):
    group = lending.form_group(fund)
    return {"by": fund.treasurer, "group_id": group.id, "on": DAY, "amount": 5_000}


def record_withdrawal(fund):
    told = record_deposit(fund)
    savings.record_deposit(ward=fund.ward, **{**told, "amount": 50_000})
    return {**told, "signers": lending.officers(told["group_id"])}


def record_repayment(fund):
    return {
        "by": fund.treasurer,
        "loan_id": lending.lend(fund).id,
        "on": DUES[0],
        "amount": 287_500,
    }


def settle_early(fund):
    made = lending.lend(fund)
    owed = loan_book.settlement(fund.ward, made.id, DUES[0])
    return {"by": fund.treasurer, "loan_id": made.id, "on": DUES[0], "amount": owed.total}


def refund_overpayment(fund):
    made = lending.lend(fund)
    lending.pay(fund, made, DUES[0], 3_000_000)
    return {"by": fund.treasurer, "loan_id": made.id, "on": date(2004, 9, 1), "amount": 100_000,
            "received_by": "Contoh Ketua"}  # fmt: skip


def record_sheet(fund):
    made = lending.lend(fund)
    who = [one.person_id for one in made.members.order_by("pk")]
    first = {
        "person": who[0],
        "paid": 57_500,
        "saved": 0,
        "covers": [{"by": who[1], "amount": 1_000}],
    }
    lines = [first, *({"person": one, "paid": 57_500} for one in who[1:])]
    other = [{**first, "covers": [{"by": who[2], "amount": 1_000}]}, *lines[1:]]
    told = {"by": fund.treasurer, "on": DUES[0], "groups": [{"loan": made.id, "lines": lines}]}
    return told, {"groups": [{"loan": made.id, "lines": other}]}


def pay_back(fund):
    group = lending.form_group(fund)
    lending.prepare(fund, group)
    parts = zip(lending.asked(group), OWN, strict=True)
    made = lending.lend(fund, group, members=[{**one, "amount": own} for one, own in parts])
    two_cover(fund, made)
    who = [one.person_id for one in made.members.order_by("pk")]
    return {"by": fund.treasurer, "loan_id": made.id, "debtor": who[2], "creditor": who[1], "on": DUES[1],
            "amount": 5_000}  # fmt: skip


def works(fund):
    granting.first_tranche(fund)
    return granting.agree(fund)


def pay_grant(fund):
    return {
        "by": fund.secretary,
        "grant_id": works(fund).id,
        "on": date(2004, 6, 10),
        "amount": 5_000_000,
    }


def record_expense(fund):
    told = pay_grant(fund)
    grants.pay_grant(ward=fund.ward, **told)
    line = windows.grant(fund.ward, told["grant_id"]).budget.first()
    told |= {
        "line_id": line.id,
        "on": DAY,
        "amount": 1_000_000,
        "what": "Pasir",
        "seller": "TB Contoh",
    }
    return told, {"quotes": [{"seller": "TB Lain", "price": 1_000_000}]}


def return_unspent(fund):
    told = pay_grant(fund)
    grants.pay_grant(ward=fund.ward, **told)
    return {**told, "on": DAY, "amount": 1_000_000}


def record_contribution(fund):
    return {"by": fund.secretary, "grant_id": works(fund).id, "kind": "material", "on": DAY, "what": "Pasir",
            "value": 100_000}  # fmt: skip


def move_keeper_money(fund):
    at = {"by": fund.secretary, "grant_id": works(fund).id}
    keeper = {"on": DAY, "name": "KPP Gang Contoh", "officers": 5, "women_officers": 3}
    grants.record_keeper(ward=fund.ward, **{**at, "by": fund.facilitator}, **keeper)
    return {**at, "kind": "in", "on": DAY, "amount": 80_000, "what": "Iuran"}


def put_up(fund):
    return {"by": fund.cadre, "place": "Balai RW 05", "on": DAY}, {"content": b"lain"}


def give_social_grant(fund):
    granting.first_tranche(fund)
    person = lending.residents_of(fund, 1)[0]
    meeting = board_decides(fund, f"grants.social:{person}:food", on=DAY)
    return {"by": fund.secretary, "on": DAY, "amount": 500_000, "what_for": "food", "person": person,
            "meeting_id": meeting, "signed_by": "Contoh Ibu"}  # fmt: skip


def pass_on_capital(fund):
    granting.first_tranche(fund)
    return {"by": fund.secretary, "window": "economic", "on": DAY, "amount": 10_000_000}


def plan_remedy(fund):
    """No money has come in fifteen months: planning takes too long."""
    return {"by": fund.facilitator, "factor": "planning-too-long", "what": "Gabung rapat", "role": "board",
            "until": date(2005, 3, 1), "who": "Contoh"}  # fmt: skip


def tell_outcome(fund):
    made = insight.plan_remedy(**plan_remedy(fund), ward=fund.ward, request_id="monday")
    return {"by": fund.chair, "remedy_id": made.id, "word": "early", "note": "Baru sekali"}


CASES = {
    "cadres.note_deed": (cadres, note_deed),
    "complaints.receive": (complaints, receive),
    "complaints.record_recovered": (complaints, record_recovered),
    "facilitation.log_day": (facilitation, log_day),
    "facilitation.plan_activity": (facilitation, plan_activity),
    "grants.give_social_grant": (grants, give_social_grant),
    "grants.move_keeper_money": (grants, move_keeper_money),
    "grants.pass_on_capital": (grants, pass_on_capital),
    "grants.pay_grant": (grants, pay_grant),
    "grants.record_contribution": (grants, record_contribution),
    "grants.record_expense": (grants, record_expense),
    "grants.return_unspent": (grants, return_unspent),
    "households.add_household": (households, add_household),
    "households.join_households": (households, join_households),
    "households.record_birth": (households, record_birth),
    "households.record_death": (households, record_death),
    "households.record_move_in": (households, record_move_in),
    "households.record_move_out": (households, record_move_out),
    "households.split_household": (households, split_household),
    "insight.plan_remedy": (insight, plan_remedy),
    "insight.tell_outcome": (insight, tell_outcome),
    "ledger.record_voucher": (ledger, record_voucher),
    "loans.pay_back": (loans, pay_back),
    "loans.record_repayment": (loans, record_repayment),
    "loans.record_sheet": (loans, record_sheet),
    "loans.refund_overpayment": (loans, refund_overpayment),
    "loans.settle_early": (loans, settle_early),
    "meetings.call_meeting": (meetings, call_meeting),
    "meetings.record_decision": (meetings, record_decision),
    "notice.put_up": (notice, put_up),
    "offline.take_in": (offline, take_in),
    "planning.record_need": (planning, record_need),
    "planning.record_potential": (planning, record_potential),
    "savings.record_deposit": (savings, record_deposit),
    "savings.record_withdrawal": (savings, record_withdrawal),
    "upk.buy_item": (upk, buy_item),
}
