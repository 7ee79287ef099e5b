"""Work that stands open in the case: ``python -m tests.journeys.open_work``.

The case of Empang is finished in every point; pages of half-done work (a meeting without roll, a list
that is posted, a file with mistakes, an application) are shown by what is begun here. The ward next
door opens with three households and nothing else, so that every list is also seen empty.
"""

import json
from datetime import date, timedelta

from pendamping.cli import site
from tests.journeys.open_decisions import (
    TODAY,
    decide_otherwise,
    deviate,
    handed_over,
    plan_anew,
    remedied,
    unrecorded,
)
from tests.journeys.open_meetings import begin_meetings, of_meetings
from tests.journeys.open_rating import of_the_scorecard
from tests.journeys.open_study import begin_study, of_the_study
from tests.journeys.open_votes import begin_votes, counted_next_door, of_the_draft, revise_the_plan

NEXT_DOOR = "32.71.01.1001"
NEXT_DOOR_ROLES = [("pusat", "facilitator"), ("pusat", "treasurer"), ("kader", "cadre")]


def main() -> None:
    site.start(migrate=False)
    from pendamping.demo.case import Case
    from pendamping.kernel import clock

    case = Case()
    with clock.at(TODAY - timedelta(days=1)):
        open_next_door(case)
    with clock.at(TODAY):
        begin_meetings(case)
        begin_list(case)
        upload_with_mistakes(case)
        apply_for_loans(case)
        decide_otherwise(case)
        plan_anew(case)
        buy_a_cupboard(case)
        name_for_a_unit(case)
        begin_next_door(case)
        begin_elections(case)
        begin_study(case)
        begin_votes(case)
        revise_the_plan(case)
        print(json.dumps(to_show(case)))


def to_show(case) -> list[tuple[str, str]]:
    """(who, address) of pages that are there only in a state which the case has not, or not for long."""
    from django.urls import reverse

    from pendamping.facilitation import queries as facilitation
    from pendamping.funds.grants import queries as grants
    from pendamping.funds.loans import queries as book
    from pendamping.funds.loans.models import CollectionStep
    from pendamping.households import queries as households

    loan = max(
        book.states(case.ward, TODAY).values(), key=lambda state: state.instalments_behind
    ).loan_id
    home, person = add_by_hand(case)
    upload = next(one.id for one in households.uploads(case.ward) if one.filename == "salah.csv")
    step = CollectionStep.objects.exclude(number=None).first().id
    held = next(one.id for one in facilitation.trainings(case.ward) if one.status == "held")
    found = [
        *unrecorded(case),
        ("pendamping", "facilitation:roll_correct", {"training": held}),
        ("upk", "loans:stop", {}),
        *dossiers(case),
        *of_the_draft(case),
        ("upk", "loans:written_off_pdf", {}),
        ("upk", "loans:letter", {"step": step}),
        *of_a_loan(loan),
        ("upk", "upk:close_pdf", {"month": "2005-04"}),
        ("upk", "upk:year_pdf", {"year": 2004}),
        ("pembukuan", "upk:bank_columns", {"statement": wait_for_columns(case)}),
        ("kader", "households:errors_csv", {"upload": upload}),
        ("kader", "households:errors_xlsx", {"upload": upload}),
        ("kader", "households:take_back_home", {"household": home}),
        ("kader", "households:take_back", {"person": person}),
        *entered_twice(case),
        ("bkm", "grants:split", {"allocation": grants.allocations(case.ward)[0].id}),
        ("pendamping", "insight:remedy", {"remedy": remedied(case)}),
        *of_the_hand_over(case),
        *of_the_scorecard(case),
        *of_meetings(case),
        *of_the_study(case),
    ]
    shown = [(who, reverse(name, kwargs={"ward": case.ward, **more})) for who, name, more in found]
    blank = reverse("loans:blank", kwargs={"ward": case.ward})
    fill = reverse("loans:fill", kwargs={"ward": case.ward})
    asked = f"?on={TODAY.isoformat()}&loan={loan}"
    counted = [("pusat", address) for address in counted_next_door(case, NEXT_DOOR)]
    return [*shown, ("upk", blank + asked), ("upk", fill + asked), *counted]


def of_a_loan(loan: str) -> list[tuple[str, str, dict[str, str]]]:
    """How a loan that is behind may end or change."""
    pages = [
        ("upk", "settle"),
        ("upk", "refund"),
        ("upk", "refer"),
        ("bkm", "reschedule"),
        ("bkm", "write_off"),
    ]
    return [(who, f"loans:{name}", {"loan": loan}) for who, name in pages]


def of_the_hand_over(case) -> list[tuple[str, str, dict[str, str]]]:
    """The pages of a hand-over that is put to a meeting."""
    signed = {"sign_off": handed_over(case)}
    pages = {"sign_off": signed, "prepare": {}, "check_year": {}}
    return [("bkm", f"handover:{name}", more) for name, more in pages.items()]


def dossiers(case) -> list[tuple[str, str, dict[str, str]]]:
    """One that was refused, one that was returned, one that waits with the PJOK."""
    from pendamping.verification import queries

    told = [
        ("kader", "verification:appeal", "Gapura RW 01"),
        ("kader", "verification:again", on_paper(case)),
        ("verifikator", "verification:pause", "Termin 2 talud RW 02"),
        ("verifikator", "verification:decide", "Termin 2 talud RW 02"),
    ]
    found = {one.summary: one.id for one in queries.of_ward(case.ward)}
    return [(who, name, {"dossier": found[summary]}) for who, name, summary in told]


def on_paper(case) -> str:
    """A dossier that came on paper and was returned; what it is about."""
    from pendamping.verification import actions

    here = {"ward": case.ward, "on": TODAY}
    made = actions.open_dossier(
        by=case.actor("kader"), chain="", kind="proposal", ref="berkas-1", amount=4_000_000, parties=[],
        documents=[{"key": "proposal", "name": "Proposal"}], summary="Pagar sumur RW 12", **here,
    )  # fmt: skip
    actions.decide(
        by=case.actor("upk"), dossier_id=made.id, result="mend", reasons=["paper_wrong"],
        note="Proposal belum ditandatangani", papers={"proposal": (True, False)}, **here,
    )  # fmt: skip
    return str(made.summary)


def wait_for_columns(case) -> str:
    """Money is taken to the bank, and the bank's statement waits for its columns; its id."""
    from pendamping.funds.ledger import actions as ledger
    from pendamping.funds.upk import actions as upk

    ledger.record_voucher(
        by=case.actor("upk"), ward=case.ward, on=TODAY, kind="transfer", debit="bank", credit="cash", amount=500_000,
        narration="Setor ke bank",
    )  # fmt: skip
    content = b"Tanggal;Uraian;Jumlah\n12/05/2005;Setoran tunai;500.000\n12/05/2005;Bunga;1.250\n"
    keeper = {"by": case.actor("pembukuan"), "ward": case.ward}
    return upk.stage_statement(**keeper, account="bank", filename="mei.csv", content=content).id


def add_by_hand(case) -> tuple[str, str]:
    """A household that a cadre has entered, not the census; its id and its head's."""
    from pendamping.households import actions as households
    from pendamping.households import queries as residents
    from pendamping.households.rules.life import NewPerson

    head = NewPerson(name="Warga Tulisan", sex="P", relation="head", born=date(1970, 3, 1))
    home = households.add_household(
        by=case.actor("kader"), ward=case.ward, on=TODAY, rw="01", rt="01", members=[head]
    )
    return home.id, residents.members_on(case.ward, home.id, TODAY)[0][0]


def entered_twice(case) -> list[tuple[str, str, dict[str, str]]]:
    """Somebody who was entered three times: two entries are joined, the third looks like them."""
    from pendamping.households import actions as households
    from pendamping.households import queries as residents
    from pendamping.households.rules.life import NewPerson
    from pendamping.persons import actions as persons

    entries = []
    who = {"by": case.actor("kader"), "ward": case.ward}
    for name in ("Warga Kembar Rekaan", "Warga Kembar Rekan", "Warga Kembar Rekaan"):
        head = NewPerson(name=name, sex="P", relation="head", born=date(1971, 4, 2))
        home = households.add_household(**who, on=TODAY, rw="01", rt="01", members=[head])
        entries.append(residents.members_on(case.ward, home.id, TODAY)[0][0])
    first, second, third = entries
    persons.join_persons(**who, kept_id=first, removed_id=third)
    return [
        ("kader", "persons:join", {"first": first, "second": second}),
        ("kader", "persons:part", {"person": third}),
    ]


def open_next_door(case) -> None:
    """A second practice ward, in which two people of the first hold roles."""
    from pendamping.access import actions as access
    from pendamping.territory import actions as territory

    territory.open_ward(
        by=case.system, code=NEXT_DOOR, programme_start=date(2004, 1, 5), practice_today=TODAY
    )
    for username, role in NEXT_DOOR_ROLES:
        access.give_role(by=case.system, ward=NEXT_DOOR, username=username, role=role)


def begin_list(case) -> None:
    """A new version of the criteria, and a new list that is posted, with an objection."""
    from pendamping.households import queries as households
    from pendamping.targeting import actions as targeting
    from pendamping.targeting import queries as lists

    cadre, facilitator = case.actor("kader"), case.actor("pendamping")
    criteria = lists.suggestions(case.ward, TODAY, "id")
    old = lists.criteria_version(case.ward)
    keys = [one.key for one in lists.criteria(old.id) if one.kind == "household"][:2]
    homes = sorted(households.poor_households(case.ward, TODAY))
    found = targeting.draft_list(
        by=cadre, ward=case.ward, on=TODAY - timedelta(days=5), criteria_id=old.id,
        ticks=dict.fromkeys(homes, keys),
    )  # fmt: skip
    targeting.post_list(
        by=cadre, ward=case.ward, list_id=found.id, posted_on=TODAY - timedelta(days=3)
    )
    targeting.object_to_list(
        by=facilitator, ward=case.ward, list_id=found.id, kind="remove", household_id=homes[0],
        reason="Sudah punya penghasilan tetap sejak tahun lalu.", raised_on=TODAY,
    )  # fmt: skip
    targeting.set_criteria(by=facilitator, ward=case.ward, criteria=criteria, on=TODAY)


def name_for_a_unit(case) -> None:
    """Two people more for the works unit, whom no meeting has decided on yet."""
    from pendamping.households import queries as households
    from pendamping.institutions import actions as institutions

    found = households.residents(case.ward, on=TODAY, least_age=30)[40:42]
    institutions.draft_appointment(
        by=case.actor("bkm"), ward=case.ward, kind="upl", since=TODAY, ends=date(2006, 5, 11),
        whole=False, people=[(one.id, "") for one in found],
    )  # fmt: skip


def buy_a_cupboard(case) -> None:
    """Something that the unit owns."""
    from pendamping.funds.upk import actions as upk

    upk.buy_item(
        by=case.actor("upk"), ward=case.ward, name="Lemari arsip", on=TODAY, cost=1_200_000,
        residue=0, life_months=48,
    )  # fmt: skip


def upload_with_mistakes(case) -> None:
    """A census file in which cells are wrong, and one that could be taken over."""
    from pendamping.households import actions as households
    from tests.census_files import small

    wrong = [list(row) for row in small.RIGHT]
    wrong[0][small.HEADINGS.index("Jenis kelamin")] = "pria dewasa"
    wrong[1][small.HEADINGS.index("Tanggal lahir")] = "31/02/1974"
    for name, rows in (("salah.csv", wrong), ("benar.csv", small.RIGHT)):
        households.stage_upload(
            by=case.actor("kader"), ward=case.ward, filename=name, content=small.as_csv(rows),
            on=date(2003, 12, 16),
        )  # fmt: skip


def apply_for_loans(case) -> None:
    """Two groups pay what is left, save once (the ward asks for no more now) and ask anew; one of the two is approved."""
    from pendamping.demo import funds
    from pendamping.funds.loans import actions as loans
    from pendamping.funds.loans import queries as book
    from pendamping.funds.savings import actions as savings
    from pendamping.institutions import queries as groups

    treasurer = case.actor("upk")
    deviate(case, "loans.p2kp2.min_saving_months", 1, reason="Panen gagal.")
    paying = [loan for loan in book.loans(case.ward) if len(loan.repayments.all()) == 9][:2]
    asked = []
    for loan in paying:
        rest = book.card(case.ward, loan.id, TODAY).left
        loans.record_repayment(by=treasurer, ward=case.ward, loan_id=loan.id, on=TODAY, amount=rest)
        savings.record_deposit(
            by=treasurer, ward=case.ward, group_id=loan.group_id, on=TODAY, amount=25_000
        )
        members = [
            {"person": one.person_id, "amount": 500_000, "purpose": "warung"}
            for one in groups.members(loan.group_id, TODAY)
        ]
        asked.append(
            loans.apply(
                by=case.actor("kader"), ward=case.ward, group_id=loan.group_id, on=TODAY,
                members=members,
            )
        )  # fmt: skip
    meeting = funds.board_meeting(case, asked[:1], TODAY)
    loans.approve(
        by=case.actor("bkm"), ward=case.ward, loan_id=asked[0].id, on=TODAY, meeting_id=meeting
    )


def begin_next_door(case) -> None:
    """Three households, criteria, a list that is still a draft, and an old book that does not add up."""
    from pendamping.funds.upk import actions as upk
    from pendamping.households import actions as households
    from pendamping.targeting import actions as targeting
    from pendamping.targeting import queries as lists
    from tests import opening
    from tests.census_files import small

    cadre = case.actor("kader")
    upload = households.stage_upload(
        by=cadre, ward=NEXT_DOOR, filename="sensus.csv", content=small.as_csv(small.RIGHT),
        on=date(2004, 2, 1),
    )  # fmt: skip
    households.confirm_import(by=cadre, ward=NEXT_DOOR, upload_id=upload.id)
    targeting.set_criteria(
        by=cadre, ward=NEXT_DOOR, criteria=lists.suggestions(NEXT_DOOR, TODAY, "id"), on=TODAY
    )
    targeting.draft_list(by=cadre, ward=NEXT_DOOR, on=TODAY)
    upk.stage_opening(
        by=case.actor("pusat"), ward=NEXT_DOOR, on=date(2004, 12, 31), filename="buku-lama.xlsx",
        content=opening.workbook(opening.rows(["Warga Tak Dikenal"] * 8)),
    )  # fmt: skip


def begin_elections(case) -> None:
    """In the case a mock election: a station done, one in which two people differ, one typed once, the
    others waiting. Next door a real one, whose result waits for the meeting."""
    from pendamping.elections import actions
    from pendamping.households import queries as households

    mock = elect(case, case.ward, practice=True, size=9)
    stations = list(mock.rounds.get().stations.order_by("number")[:3])
    for number, station in enumerate(stations):
        people = households.residents(
            case.ward, on=TODAY, least_age=21, rw=station.rw, rt=station.rt
        )
        votes = {person.id: 9 - place for place, person in enumerate(people[:3])}
        for who, more in (("kader", 0), ("pendamping", number == 1))[: 1 if number == 2 else 2]:
            actions.enter_tallies(
                by=case.actor(who), ward=case.ward, round_id=station.round_id,
                tallies=[tally(station, {**votes, people[0].id: 9 + more})],
            )  # fmt: skip
    real = elect(case, NEXT_DOOR, practice=False, size=9)
    vote_next_door(case, real)
    actions.open_round(by=case.actor("pusat"), ward=NEXT_DOOR, election_id=real.id, held_on=TODAY)
    vote_next_door(case, real)


def elect(case, ward, **told):
    from pendamping.elections import actions

    return actions.prepare(
        by=case.actor("pusat" if ward == NEXT_DOOR else "pendamping"), ward=ward, kind="regular",
        votes_on=TODAY, term_since=date(2007, 3, 1), **told,
    )  # fmt: skip


def tally(station, votes) -> dict:
    """As many valid ballots as the first name has votes; the rest is left."""
    valid = max(votes.values())
    left = station.last - station.first + 1 - valid
    return {
        "station": station.id, "voters": valid, "women": valid // 2, "valid": valid, "left": left,
        "votes": votes,
    }  # fmt: skip


def vote_next_door(case, election) -> None:
    """Everybody votes for the first of the place; the count is closed."""
    from pendamping.elections import actions, queries

    this = election.rounds.get(status="open")
    for who in ("pusat", "kader"):
        sheets = [
            tally(one, {queries.electable(one)[0].person: one.eligible})
            for one in this.stations.all()
        ]
        actions.enter_tallies(by=case.actor(who), ward=NEXT_DOOR, round_id=this.id, tallies=sheets)
    actions.close_round(
        by=case.actor("pusat"),
        ward=NEXT_DOOR,
        round_id=this.id,
        witnesses=["Saksi Satu", "Saksi Dua"],
    )


if __name__ == "__main__":
    main()
