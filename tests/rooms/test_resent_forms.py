"""Every action that makes a row: its form carries an id, or what it makes cannot be made twice, and why."""

import ast
import inspect

import pytest
from django import forms

from pendamping.complaints import forms as complaints
from pendamping.evidence import forms as evidence
from pendamping.facilitation import forms as facilitation
from pendamping.funds.grants import forms as grants
from pendamping.funds.loans import collection_views, record_views
from pendamping.funds.upk.closes import forms as upk
from pendamping.handover import forms as handover
from pendamping.institutions import forms as institutions
from pendamping.monitoring import forms as monitoring
from pendamping.monitoring import outcome_forms
from pendamping.targeting import forms as targeting
from pendamping.trail.models import Request
from pendamping.verification import forms as verification
from tests.rooms.resent_cases import CASES
from tests.rooms.test_ledger_requests import ONCE_BY_THEMSELVES, functions, named_in
from tests.rooms.test_resent import ELSEWHERE

FORMS = {
    # actions that need the id for nothing of their own: the form that sends it
    "complaints.add_note": complaints.NoteForm,
    "complaints.add_word": complaints.FollowForm,
    "complaints.confirm": complaints.FollowForm,
    "complaints.reopen": complaints.FollowForm,
    "facilitation.plan_training": facilitation.TrainingForm,
    "evidence.add_code": evidence.AddCodeForm,
    "evidence.add_informant": evidence.InformantForm,
    "evidence.add_memo": evidence.MemoForm,
    "evidence.add_source": evidence.SourceForm,
    "evidence.code_passage": evidence.CodeForm,
    "evidence.correct_source": evidence.CorrectForm,
    "evidence.take_in": evidence.TakeForm,
    "evidence.tie_record": evidence.TieForm,
    "evidence.write_paragraph": evidence.ParagraphForm,
    "grants.add_photo": grants.PhotoForm,
    "grants.hand_over": grants.HandoverForm,
    "grants.move_between_windows": grants.TransferForm,
    "grants.record_progress": grants.ProgressForm,
    "handover.practise": handover.PracticeForm,
    "handover.promise": handover.PromiseForm,
    "institutions.draft_appointment": institutions.DraftForm,
    "institutions.record_paper": institutions.PaperForm,
    "institutions.record_step": institutions.StepForm,
    "institutions.release_seat": institutions.ReleaseForm,
    "loans.record_collection_step": collection_views.StepForm,
    "loans.refer": record_views.ReferForm,
    "monitoring.ask_instead": outcome_forms.InsteadForm,
    "monitoring.draw_sample": outcome_forms.DrawForm,
    "monitoring.follow_up": monitoring.FollowForm,
    "monitoring.promise": monitoring.PromiseForm,
    "monitoring.record_interview": outcome_forms.InterviewForm,
    "monitoring.record_sheet": monitoring.SheetForm,
    "monitoring.tick": outcome_forms.TickForm,
    "targeting.designate_ward": targeting.LetterForm,
    "targeting.draft_list": targeting.DraftForm,
    "targeting.object_to_list": targeting.ObjectionForm,
    "targeting.set_criteria": targeting.WrittenForm,
    "upk.count_cash": upk.CountForm,
    "verification.attach_scan": verification.ScanForm,
    "verification.freeze": verification.FreezeForm,
    "verification.note_absence": verification.AbsenceForm,
    "verification.pause": verification.PauseForm,
}
CANNOT_TWICE = {
    "the row has a key of its own, which the database or the rule lets stand once": """
        access.give_role access.invite cadres.give_task cadres.join cycle.draft_plan cycle.finish_stage
        cycle.start_stage evidence.start_study elections.enter_tallies elections.open_round elections.prepare
        facilitation.ask_persons facilitation.hand_in_report facilitation.save_report
        facilitation.assign_facilitator facilitation.open_rating facilitation.rate grants.agree_grant
        grants.draft_report grants.record_allocation guidelines.adopt_guideline guidelines.publish_texts
        guidelines.record_deviation households.import_census households.mark_poor
        households.settle_duplicate institutions.add_seat institutions.admit_member
        institutions.change_officer institutions.form_group institutions.name_person
        institutions.seat_members ledger.open_books loans.apply loans.record_consents
        loans.suspend_lending planning.cast_ballot planning.draw_map planning.draft_plan planning.draft_proposal
        planning.enter_ballots planning.open_kiosk
        planning.prepare_vote planning.take_up_needs relations.declare territory.add_neighbourhoods
        territory.open_practice territory.open_ward upk.close_month upk.record_card upk.stage_opening
        upk.stage_statement verification.appoint verification.note_informed verification.open_dossier
        verification.recuse complaints.name_concerned facilitation.describe_background
        handover.read_criteria handover.check_year monitoring.note_meeting monitoring.open_round complaints.import_register""",
    "what it is done to stands in another state afterwards": """
        complaints.acknowledge complaints.answer complaints.close complaints.join complaints.part
        complaints.pass_on elections.close_round insight.acknowledge elections.draw_lot grants.decide_split
        institutions.appoint upk.match_lines upk.take_statement verification.appeal verification.send_again
        verification.decide access.end_accompanying access.pass_on handover.name_taker handover.pass_duty
        handover.take_back_duty handover.prepare_sign_off""",
    "it sets what stands: the second time changes nothing": """
        complaints.sort institutions.set_followers meetings.take_roll territory.update_regions
        verification.bring_in households.correct_person access.reset_password access.reset_second_step""",
    "a list that the page shows before it is stored": """
        households.receive_upload households.stage_upload""",
    "a whole notebook or week at once, by the command line and the case alone": """
        facilitation.log_days facilitation.plan_week""",
    "an entry that stands no longer afterwards": """
        facilitation.correct_log facilitation.take_back_log households.take_back_household
        households.take_back_person""",
}
MAKES = {"create", "bulk_create", "get_or_create", "update_or_create"}


def room_of(function):
    return function.__module__.split(".actions")[0]


def makers():
    """Actions that make a row, in their own function or in one of their room that they call: by verb."""
    verbs, calls, makes = {}, {}, set()
    for made, node in functions():
        plain = inspect.unwrap(made)
        calls[plain] = {one for one in named_in(plain, node) if room_of(one) == room_of(plain)}
        if verb := getattr(made, "verb", ""):
            verbs[plain] = verb
        called = {one.func.attr for one in ast.walk(node) if isinstance(one, ast.Call)
                  and isinstance(one.func, ast.Attribute)}  # fmt: skip
        if called & MAKES:
            makes.add(plain)
    while more := {one for one, named in calls.items() if named & makes} - makes:
        makes |= more
    return {verbs[one] for one in makes if one in verbs}


def test_every_action_that_makes_a_row_is_of_a_form_with_an_id_or_says_why_it_needs_none():
    reasons = {verb for verbs in CANNOT_TWICE.values() for verb in verbs.split()}
    known = FORMS.keys() | CASES.keys() | ELSEWHERE.keys() | ONCE_BY_THEMSELVES.keys() | reasons
    assert makers() - known == set()
    verbs = {getattr(one, "verb", "") for one, _node in functions()}
    assert reasons | FORMS.keys() <= verbs
    assert not reasons & (FORMS.keys() | CASES.keys())


@pytest.mark.parametrize(
    "form", sorted(set(FORMS.values()), key=repr), ids=lambda one: one.__name__
)
def test_the_form_carries_a_hidden_id_made_anew_each_time(form):
    field = form.base_fields["request_id"]
    assert isinstance(field.widget, forms.HiddenInput)
    assert field.initial() != field.initial()
    assert Request._meta.get_field("request").max_length >= len(field.initial())
