"""Who may do what: the one permission table, and who may hand out which role.

A permission is ``<room>.<action>`` for a write (the verb that the trail keeps) and ``<room>.read``
for a page. A role holds it within an area (an official code and all below it) and a term.
"""

from collections.abc import Iterable
from datetime import date

from pendamping.access.roles import ROLES, WARD_ROLES
from pendamping.access.terms import Held, in_term
from pendamping.territory.rules import contains, is_practice

_ALL = tuple(ROLES)
_CENSUS = ("ward_admin", "facilitator", "cadre")
_FIELD = ("facilitator", "cadre")
_READS_PERSONS = (
    "ward_admin", "facilitator", "cadre", "board", "treasurer", "bookkeeper", "secretary", "verifier",
)  # fmt: skip
_UNIT = ("treasurer", "bookkeeper")  # the finance unit: who takes cash, and who keeps the books
_READS_DEBTS = (*_FIELD, "board", *_UNIT, "verifier")  # and officers, of their own groups
_EXAMINES = ("board", "facilitator", "treasurer", "verifier")  # who sits in which office is data
_INVITES = (
    "facilitator",
    "cadre",
    "board",
    "secretary",
    "ward_admin",
)  # its secretariat writes for the board
_HANDS_IN = ("facilitator", "cadre", "board", "treasurer", "secretary", "group_officer")
_PLANS = ("facilitator", "cadre", "board")
_PROPOSES = ("facilitator", "cadre", "treasurer", "secretary", "group_officer")  # not who decides
_ADMINS = ("administrator", "ward_admin")
_COMMITTEE = ("ward_admin", "facilitator", "cadre")  # a board does not run the next one's election
_APPOINTS = (*_COMMITTEE, "board", "secretary")  # writes down; a meeting decides
# who accompanies, is accompanied, or oversees it
_SEES_FACILITATION = (*_ADMINS, *_FIELD, "board", "secretary", "verifier", "lead")
_HANDS_ON = ("facilitator", "board", "ward_admin")  # who passes on, who takes over, who keeps roles
_COUNTS_HANDS = ("ward_admin", "cadre")  # who is rated counts no hands
_ANSWERS_FOR = (*_COUNTS_HANDS, "facilitator", "board", "secretary")
# whose turn it is, is data; the server confirms and reopens too, for whoever has the code
_TAKES_COMPLAINTS = ("facilitator", "board", "secretary", "verifier")

_STUDIES = ("facilitator", "lead")  # who asks, watches and analyses; readers see quotes by code

PERMISSIONS: dict[str, tuple[str, ...]] = {
    # pages
    "desk.read": _ALL,
    "guidelines.read": _ALL,
    "trail.read": ("administrator", "ward_admin", "facilitator", "board", "verifier", "lead"),
    "access.read": _ADMINS,
    "access.read_server": ("administrator",),
    "households.read": _READS_PERSONS,
    "meetings.read": _ALL,
    "targeting.read": _ALL,
    "targeting.read_names": _READS_PERSONS,
    "institutions.read": _ALL,
    "savings.read": _ALL,
    "savings.read_members": _READS_DEBTS,
    "loans.read": _ALL,  # groups as a whole, also what they owe; members by name only where it says so
    "loans.read_members": _READS_DEBTS,
    "upk.read": _ALL,
    "ledger.read": (*_UNIT, "secretary", "board", "facilitator", "verifier", "lead"),
    "grants.read": _ALL,
    "elections.read": _ALL,
    "cycle.read": _ALL,
    "relations.read": _ALL,  # shares; names only for who may see borrowers
    "planning.read": _ALL,
    "elections.read_voters": _COMMITTEE,
    "cadres.read": (*_FIELD, "ward_admin", "board", "secretary", "verifier"),
    "facilitation.read": _SEES_FACILITATION,
    "facilitation.read_log": _SEES_FACILITATION,
    "complaints.read": _ALL,  # the register, which names nobody; what was said, for who handles it
    "notice.read": _ALL,  # the poster; the board itself is for everybody
    "insight.read": (*_SEES_FACILITATION, *_UNIT),  # who can do something about what holds back
    "evidence.read": (*_SEES_FACILITATION, *_UNIT),  # quotes by code; as the warnings
    "evidence.read_sources": _STUDIES,  # whole texts
    "verification.read": _ALL,
    "verification.read_queue": ("administrator", *_EXAMINES),
    "verification.read_parties": (*_READS_PERSONS, "group_officer"),
    "verification.read_offices": (*_ADMINS, "facilitator", "board", "verifier", "lead"),
    # desk
    "desk.open_ward": ("administrator",),
    "desk.begin_programme": ("administrator",),
    "desk.move_practice_date": ("administrator", "ward_admin", "facilitator"),
    # access
    "access.invite": _ADMINS,
    "access.reset_password": _ADMINS,
    "access.reset_second_step": _ADMINS,
    "access.end_role": _ADMINS,
    "access.give_role": _ADMINS,
    "access.note_restore": ("administrator",),
    "access.know_people": ("administrator",),
    "exchange.take_in": ("administrator",), "exchange.note_numbers": ("administrator",), "households.put_numbers": ("administrator",),
    # guidelines
    "guidelines.adopt_guideline": ("administrator",),
    "guidelines.record_deviation": ("facilitator", "board"),
    "guidelines.end_deviation": ("facilitator", "board"),
    # households
    "households.stage_upload": _CENSUS, "households.receive_upload": _CENSUS, "households.ask_import": _CENSUS,
    "households.import_census": _CENSUS, "households.confirm_import": _CENSUS, "households.discard_upload": _CENSUS,
    "households.add_household": _CENSUS, "households.record_birth": _CENSUS, "households.record_death": _CENSUS,
    "households.record_move_out": _CENSUS, "households.record_move_in": _CENSUS,
    "households.split_household": _CENSUS, "households.join_households": _CENSUS,
    "households.correct_person": _CENSUS, "households.take_back_person": _CENSUS,
    "households.take_back_household": _CENSUS, "households.reveal_nik": ("ward_admin", "facilitator"),
    "households.settle_duplicate": _CENSUS,
    "practice.read": _ALL,
    "offline.take_in": ("facilitator", "cadre", "board", "ward_admin", "secretary"),
    "notice.put_up": (*_FIELD, "board"),
    "notice.take_down": (*_FIELD, "board"),
    "practice.open_practice_ward": _ADMINS,
    "practice.begin_anew": _ADMINS,
    "persons.join_persons": _CENSUS,
    "persons.part_persons": _CENSUS,
    "households.mark_poor": ("facilitator", "board", "ward_admin"),
    "households.unmark_poor": ("facilitator", "board", "ward_admin"),
    # meetings
    "meetings.call_meeting": _INVITES,
    "meetings.move_meeting": _INVITES,
    "meetings.cancel_meeting": _INVITES,
    "meetings.renew_members": ("facilitator", "cadre", "board", "ward_admin"),
    "meetings.take_roll": ("facilitator", "cadre", "board", "ward_admin"),
    "meetings.correct_roll": ("facilitator", "board", "ward_admin"),
    "meetings.record_decision": ("facilitator", "board", "ward_admin"),
    "meetings.sign_minutes": ("facilitator", "board", "ward_admin"),
    # targeting
    "targeting.designate_ward": ("administrator", "facilitator", "lead"), "targeting.set_criteria": _FIELD,
    "targeting.ratify_criteria": ("facilitator", "board"), "targeting.draft_list": _FIELD,
    "targeting.change_list": _FIELD, "targeting.post_list": _FIELD,
    "targeting.object_to_list": ("facilitator", "cadre", "board", "ward_admin"),
    "targeting.settle_objection": ("facilitator", "board"), "targeting.ratify_list": ("facilitator", "board"),
    # institutions
    "institutions.form_group": ("facilitator", "cadre", "board"), "institutions.record_step": _FIELD,
    "institutions.change_officer": ("facilitator", "board"), "institutions.admit_member": ("facilitator", "cadre"),
    "institutions.release_member": ("facilitator", "cadre"), "institutions.set_followers": ("facilitator", "board"),
    "institutions.seat_members": _COMMITTEE, "institutions.add_seat": _COMMITTEE,
    "institutions.end_seat": _COMMITTEE, "institutions.give_role": _COMMITTEE,
    "institutions.record_paper": (*_COMMITTEE, "secretary"), "institutions.draft_appointment": _APPOINTS,
    "institutions.name_person": _APPOINTS, "institutions.unname_person": _APPOINTS,
    "institutions.drop_appointment": _APPOINTS, "institutions.appoint": ("ward_admin", "facilitator", "board"),
    "institutions.release_seat": ("ward_admin", "facilitator", "board"),
    # cadres
    "cadres.join": ("facilitator", "board", "ward_admin"),
    "cadres.leave": ("facilitator", "board", "ward_admin"),
    "cadres.give_task": ("facilitator", "board"),
    "cadres.end_task": ("facilitator", "board"),
    "cadres.note_deed": _FIELD,
    # facilitation
    "facilitation.log_day": ("facilitator",),
    "facilitation.log_days": ("facilitator",),
    "facilitation.correct_log": ("facilitator",),
    "facilitation.take_back_log": ("facilitator",),
    "facilitation.plan_activity": ("facilitator",),
    "facilitation.plan_week": ("facilitator",),
    "facilitation.drop_plan": ("facilitator",),
    "facilitation.describe_background": ("facilitator",),
    "facilitation.plan_training": _FIELD,
    "facilitation.ask_persons": _FIELD,
    "facilitation.record_training": _FIELD,
    "facilitation.correct_training": _FIELD,
    "facilitation.call_off_training": _FIELD,
    "facilitation.save_report": ("facilitator",),
    "facilitation.hand_in_report": ("facilitator",),
    "facilitation.open_rating": ("ward_admin", "board"),  # not who is rated
    "facilitation.close_rating": ("ward_admin", "board"),
    "facilitation.rate": ("ward_admin",),  # and the server, for whoever has a slip
    "facilitation.assign_facilitator": _ADMINS,
    "facilitation.end_posting": _ADMINS,
    # elections
    "elections.prepare": _COMMITTEE, "elections.open_round": _COMMITTEE,
    "elections.enter_tallies": (*_COMMITTEE, "secretary"), "elections.close_round": _COMMITTEE,
    "elections.draw_lot": _COMMITTEE, "elections.seat_board": _COMMITTEE, "elections.give_up": _COMMITTEE,
    "elections.replace_member": _COMMITTEE,
    # complaints
    "complaints.receive": (*_TAKES_COMPLAINTS, "cadre", "ward_admin"),
    "complaints.import_register": ("facilitator", "board", "secretary", "ward_admin"),
    "complaints.print_slip": (*_TAKES_COMPLAINTS, "cadre", "ward_admin"),
    "complaints.add_word": ("ward_admin",),  # the server, for whoever has the code
    "complaints.acknowledge": _TAKES_COMPLAINTS,
    "complaints.sort": _TAKES_COMPLAINTS,
    "complaints.add_note": _TAKES_COMPLAINTS,
    "complaints.pass_on": _TAKES_COMPLAINTS,
    "complaints.answer": _TAKES_COMPLAINTS,
    "complaints.record_recovered": _TAKES_COMPLAINTS,
    "complaints.close": _TAKES_COMPLAINTS,
    "complaints.confirm": _TAKES_COMPLAINTS,
    "complaints.reopen": _TAKES_COMPLAINTS,
    "complaints.join": _TAKES_COMPLAINTS,
    "complaints.part": _TAKES_COMPLAINTS,
    "complaints.name_concerned": _TAKES_COMPLAINTS,
    "complaints.reveal_person": _TAKES_COMPLAINTS,
    # planning
    "planning.record_need": (*_FIELD, "board", "ward_admin"),
    "planning.withdraw_need": (*_FIELD, "board", "ward_admin"),
    "planning.record_potential": (*_FIELD, "board", "ward_admin"),
    "planning.draw_map": (*_FIELD, "board", "ward_admin"),
    "planning.prepare_vote": _COMMITTEE,
    "planning.enter_ballots": (*_COMMITTEE, "secretary"),
    "planning.open_kiosk": _COMMITTEE,
    "planning.close_kiosk": _COMMITTEE,
    "planning.cast_ballot": ("ward_admin",),  # and the server, for whoever holds a stub
    "planning.close_vote": _COMMITTEE,
    "planning.give_up_vote": _COMMITTEE,
    "planning.draft_plan": _PLANS,
    "planning.take_up_needs": _PLANS,
    "planning.shape_line": _PLANS,
    "planning.drop_plan": _PLANS,
    "planning.ratify_plan": ("facilitator", "board"),
    "planning.draft_proposal": _PROPOSES,
    "planning.describe_proposal": _PROPOSES,
    "planning.set_budget": _PROPOSES,
    "planning.name_beneficiaries": _PROPOSES,
    "planning.tick_proposal": _PROPOSES,
    "planning.hand_in_proposal": _PROPOSES,
    "planning.drop_proposal": _PROPOSES,
    # verification
    "verification.open_dossier": _HANDS_IN,
    "verification.bring_in": ("administrator", "facilitator"),
    "verification.send_again": _HANDS_IN,
    "verification.appeal": _HANDS_IN,
    "verification.withdraw": _HANDS_IN,
    "verification.attach_scan": tuple(dict.fromkeys((*_HANDS_IN, *_EXAMINES))),
    "verification.note_informed": (*_EXAMINES, "cadre", "ward_admin"),
    "verification.receive": _EXAMINES,
    "verification.decide": _EXAMINES,
    "verification.recuse": _EXAMINES,
    "verification.pause": _EXAMINES,
    "verification.resume": _EXAMINES,
    "verification.freeze": ("administrator",),
    "verification.appoint": _ADMINS,
    "verification.end_office": _ADMINS,
    "verification.note_absence": _ADMINS,
    # cycle
    "cycle.start_stage": ("facilitator", "board"),
    "cycle.finish_stage": ("facilitator", "board"),
    "cycle.take_back": ("facilitator", "board"),
    "cycle.draft_plan": ("facilitator", "board"),
    "cycle.adopt_plan": ("facilitator", "board"),
    "cycle.drop_plan": ("facilitator", "board"),
    "insight.acknowledge": ("facilitator", "board"),
    "insight.plan_remedy": ("facilitator", "board"),
    "insight.tell_outcome": ("facilitator", "board"),
    # evidence
    "evidence.start_study": _STUDIES, "evidence.add_code": _STUDIES, "evidence.add_informant": _STUDIES,
    "evidence.reveal_informant": _STUDIES, "evidence.add_source": _STUDIES, "evidence.correct_source": _STUDIES,
    "evidence.note_consent": _STUDIES, "evidence.code_passage": _STUDIES, "evidence.take_back_coding": _STUDIES,
    "evidence.add_memo": _STUDIES, "evidence.tie_record": _STUDIES, "evidence.untie_record": _STUDIES,
    "evidence.take_in": _STUDIES, "evidence.write_paragraph": _STUDIES,
    # handover
    "access.pass_on": _HANDS_ON,
    "access.call_back": _HANDS_ON,
    "access.end_accompanying": _HANDS_ON,
    "monitoring.read": _ALL,
    "monitoring.open_round": _COUNTS_HANDS, "monitoring.record_sheet": _COUNTS_HANDS,
    "monitoring.note_meeting": _ANSWERS_FOR, "monitoring.promise": _ANSWERS_FOR, "monitoring.follow_up": _ANSWERS_FOR,
    # who was drawn, and what each told
    "monitoring.read_interviews": _FIELD, "monitoring.draw_sample": _FIELD, "monitoring.ask_instead": _FIELD,
    "monitoring.record_interview": _FIELD,
    "monitoring.tick": ("facilitator", "board"),
    "handover.read": (*_SEES_FACILITATION, *_UNIT),
    "handover.read_criteria": _HANDS_ON,
    "handover.promise": ("facilitator", "board"),
    "handover.name_taker": _HANDS_ON,
    "handover.practise": _HANDS_ON,
    "handover.pass_duty": _HANDS_ON,
    "handover.take_back_duty": _HANDS_ON,
    "handover.prepare_sign_off": ("facilitator", "board"),
    "handover.drop_sign_off": ("facilitator", "board"),
    "handover.sign_off": ("facilitator", "board"),
    "handover.check_year": ("board",),
    # relations
    "relations.declare": ("facilitator", "cadre", "ward_admin"),
    "relations.withdraw": ("facilitator", "ward_admin"),
    # funds
    "ledger.open_books": ("treasurer",),
    "ledger.reverse": _UNIT,
    "ledger.record_voucher": _UNIT,
    "savings.record_deposit": ("treasurer",),
    "savings.record_withdrawal": ("treasurer",),
    "savings.reverse_movement": ("treasurer",),
    "loans.apply": ("facilitator", "cadre", "treasurer"),
    "loans.record_consents": ("facilitator", "cadre", "treasurer"),
    "loans.withdraw_consent": ("facilitator", "cadre", "treasurer"),
    "loans.approve": ("board",),
    "loans.reject": ("board",),
    "loans.disburse": ("treasurer",),
    "loans.record_repayment": ("treasurer",),
    "loans.reverse_repayment": ("treasurer",),
    "upk.record_card": (*_UNIT, "board", "facilitator"),
    "upk.count_cash": ("treasurer",),
    "upk.buy_item": _UNIT,
    "upk.depreciate_month": _UNIT,
    "upk.let_item_go": _UNIT,
    "upk.stage_statement": _UNIT,
    "upk.take_statement": _UNIT,
    "upk.discard_statement": _UNIT,
    "upk.match_lines": _UNIT,
    "upk.post_bank_line": _UNIT,
    "upk.unmatch_line": _UNIT,
    "upk.stage_opening": _UNIT,
    "upk.name_opening": _UNIT,
    "upk.balance_opening": _UNIT,
    "upk.discard_opening": _UNIT,
    "upk.propose_opening": _UNIT,
    "upk.return_opening": ("board",),
    "upk.confirm_opening": ("board",),
    "upk.take_back_opening": ("board",),
    "upk.close_month": _UNIT,
    "upk.approve_close": ("board",),
    "upk.return_close": ("board",),
    "upk.reopen_month": ("board",),
    "upk.close_year": _UNIT,
    "upk.split_profit": (*_UNIT, "board"),
    "upk.take_back_split": ("board",),
    "upk.pay_share": ("treasurer",),
    "loans.settle_early": ("treasurer",),
    "loans.refund_overpayment": ("treasurer",),
    "loans.take_back_refund": ("treasurer",),
    "loans.reschedule": ("board",),
    "loans.take_back_rescheduling": ("board",),
    "loans.write_off": ("board",),
    "loans.take_back_write_off": ("board",),
    "loans.set_reserve_aside": _UNIT,
    "loans.suspend_lending": ("treasurer", "bookkeeper", "board", "facilitator"),
    "loans.lift_suspension": ("board",),
    "loans.record_collection_step": ("treasurer", "board", "facilitator"),
    "loans.refer": ("treasurer", "board", "facilitator"),
    "loans.record_sheet": ("treasurer",),
    "loans.reverse_sheet": ("treasurer",),
    "loans.pay_back": ("treasurer",),
    "loans.take_back_paid_back": ("treasurer",),
    "grants.record_allocation": ("facilitator", "secretary"),
    "grants.decide_split": ("facilitator", "board"),
    "grants.move_between_windows": ("board", "secretary"),
    "grants.tick_papers": ("facilitator", "secretary"),
    "grants.request_tranche": ("board", "secretary"),
    "grants.record_payment_order": ("facilitator", "secretary"),
    "grants.receive_tranche": ("secretary",),
    "grants.agree_grant": ("board",),
    "grants.pay_grant": ("secretary",),
    "grants.record_expense": ("secretary",),
    "grants.return_unspent": ("secretary",),
    "grants.record_progress": ("facilitator", "cadre", "secretary"),
    "grants.record_contribution": ("facilitator", "cadre", "secretary"),
    "grants.add_photo": ("facilitator", "cadre", "secretary"),
    "grants.hand_over": ("facilitator", "board"),
    "grants.record_actuals": ("facilitator", "board"),
    "grants.record_keeper": ("facilitator", "board"),
    "grants.move_keeper_money": ("facilitator", "cadre", "secretary"),
    "grants.give_social_grant": ("secretary",),
    "grants.pass_on_capital": ("secretary",),
    "grants.take_back": ("secretary",),
    "grants.draft_report": ("board", "secretary"),
    "grants.hand_in_report": ("board", "secretary"),
}  # fmt: skip


class UnknownPermission(LookupError):
    """A permission that the table does not have: a mistake in the house, never a refusal."""


def roles_with(permission: str) -> tuple[str, ...]:
    """The roles that hold a permission."""
    try:
        return PERMISSIONS[permission]
    except KeyError as error:
        raise UnknownPermission(permission) from error


def scopes(held: Iterable[Held], permission: str, on: date) -> list[str]:
    """The areas in which somebody holds a permission on a day."""
    roles = roles_with(permission)
    return sorted({h.area for h in held if h.role in roles and in_term(h, on)})


def may(held: Iterable[Held], permission: str, ward: str, on: date) -> bool:
    """Whether somebody may do a thing in a ward (``""``: on the server itself) on a day."""
    return any(contains(area, ward) for area in scopes(held, permission, on))


def grantable(held: Iterable[Held], on: date, area: str = "") -> tuple[str, ...]:
    """The roles that somebody may hand out in an area: nobody hands out more than their own level.

    An administrator hands out every role within their own area, a ward administrator the roles of
    the ward; a role that is held elsewhere counts for nothing here. A practice ward has its tiers in
    itself, so there its administrator hands out the verifier's role too.

    >>> admin = [Held("ward_admin", "32.71.01.1003", date(2004, 1, 1), None)]
    >>> [("verifier" in grantable(admin, date(2004, 5, 1), area)) for area in ("32.71.01.1003", "32.71.01.1003.L1")]
    [False, True]
    """
    roles = {h.role for h in held if in_term(h, on) and contains(h.area, area)}
    if "administrator" in roles:
        return tuple(ROLES)
    if "ward_admin" not in roles:
        return ()
    return (*WARD_ROLES, "verifier") if is_practice(area) else WARD_ROLES
