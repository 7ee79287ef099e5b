"""What the desk says: a sentence and a button for each kind of task, a sentence for each verb."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.access.rules import ROLES
from pendamping.desk import (
    body_labels,
    complaint_labels,
    handing_labels,
    stage_labels,
    study_labels,
)
from pendamping.desk.rules import Task
from pendamping.institutions import queries as institutions
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_

TASKS: dict[str, tuple[str, str, str]] = {
    **stage_labels.TASKS,
    **handing_labels.TASKS,
    **complaint_labels.TASKS,
    **body_labels.TASKS,
    # kind: (what, more about it, button)
    "open_books": (N_("The books are not open yet"), N_("Without books no money can be entered."), N_("Open the books")),
    "behind": (N_("{group} is behind with {sum}"), N_("Loan {code} · instalments behind: {count}"), N_("Take an instalment")),
    "collect": (N_("{step}: {group}"), N_("Loan {code} · days late: {count}"), N_("Record the step")),
    "instalment": (N_("Instalment of {group}: {sum}"), N_("Loan {code}"), N_("Take an instalment")),
    "pay_out": (N_("Pay out {sum} to {group}"), N_("Loan {code} is approved and waits for its money."), N_("Pay out")),
    "sign_loan": (N_("{group} still has to sign for {sum}"), N_("Loan {code} is approved; a signature or the consent of a family is missing."), N_("Enter signatures")),
    "decide_loan": (N_("{group} asks for {sum}"), N_("Loan {code} waits for the board."), N_("Decide")),
    "stopped": (N_("New lending is stopped since {day}"), N_("It stands until a meeting of the board decides that it is lifted."), N_("See why")),
    "stop_lifted": (N_("A meeting lifted the stop on lending: carry it out"), N_("Until then the stop since {day} stands and nothing new is lent."), N_("Carry it out")),
    "health_stops": (N_("New lending must stop: {what}"), N_("By the books to {day}; take the health card into the record."), N_("Open the card")),
    "health": (N_("The health card of the month to {day} is missing"), N_("It decides whether the fund may lend."), N_("Open the card")),
    "reserve": (N_("The reserve of the month to {day} is missing"), N_("What the fund keeps for loans that may not come back."), N_("Open the reserve")),
    "split_funds": (N_("The funds of {sum} are not split yet"), N_("A planning meeting decides how much goes to each window."), N_("Enter the split")),
    "ask_tranche": (N_("Tranche {number} of {sum} can be asked for"), N_("Its papers get their ticks, then it goes to the chain."), N_("Open the tranche")),
    "mend_dossier": (N_("To be mended: {summary}"), N_("Dossier {number} was returned on {day}."), N_("See what to mend")),
    "examine": (N_("To be examined: {summary}"), N_("Dossier {number}, here since {day}."), N_("Decide")),
    "mend_tranche": (N_("Tranche {number} was returned"), N_("Mend what the chain says, then ask again."), N_("Open the tranche")),
    "order_tranche": (N_("Tranche {number} has passed the chain"), N_("Enter the payment order (SPM, SP2D) when it comes."), N_("Open the tranche")),
    "receive_tranche": (N_("Tranche {number} of {sum} is on its way"), N_("Enter it when it is in the board's account."), N_("Open the tranche")),
    "report_due": (N_("The report (LPJ) of tranche {number} is due"), N_("The next tranche waits for it. It is drafted from the books."), N_("Open the report")),
    "report_returned": (N_("The report (LPJ) of tranche {number} was returned"), N_("Mend what the chain says, then hand it in again."), N_("Open the report")),
    "opening": (N_("The balances of the old book, {day}, are not handed in"), N_("Put right what is wrong, then hand them to the board."), N_("Go on")),
    "approve_opening": (N_("The balances of the old book, {day}, wait for the board"), N_("Compare them with the old books, decide in a meeting, confirm them or give them back."), N_("Look at them")),
    "count_cash": (N_("The cash of {day} is not counted yet"), N_("The month is closed on this count: note by note, before a second person."), N_("Count the cash")),
    "close": (N_("The books of the month to {day} are not closed"), N_("Count the cash, look at the checklist, close it."), N_("Open the checklist")),
    "approve_close": (N_("The close of the month to {day} waits for the board"), N_("Look at its figures, and approve it or give it back."), N_("Look at it")),
    "yearly_account": (N_("The UPK's account of {year} is not yet accepted by the yearly meeting"), N_("Print the packet, call the meeting, record what it decides."), N_("Open the account")),
    "objections": (N_("Objections to the poor list: {count}"), N_("List {number} cannot be ratified before they are settled."), N_("Settle")),
    "borrowers_leave": (N_("Poor list {number} leaves out borrowers or members of groups: {count}"), N_("Their households would no longer count as poor. Look at each while the list can still change."), N_("See who")),
    "ratify_list": (N_("Poor list {number} waits to be ratified"), N_("No objection is open."), N_("Ratify")),
    "roll": (N_("The roll of a meeting is missing"), N_("Meeting at {place}"), N_("Take the roll")),
    "minutes": (N_("The minutes of a meeting are not signed"), N_("Meeting at {place}"), N_("Sign the minutes")),
    "count_votes": (N_("The votes of {day} are counted"), N_("Two people type the tally of every station; then the count is closed."), N_("To the stations")),
    "next_vote": (N_("The election goes on"), N_("The vote of {day} is counted; the page says what comes next."), N_("See what comes next")),
    "seat_board": (N_("The new board waits for its seats"), N_("The delegates' meeting confirms the result."), N_("Seat the board")),
    "log_plan": (N_("{activity}"), N_("From your plan: log it when it is done."), N_("Log")),
    "log_day": (N_("Nothing is logged of {day}"), N_("It takes half a minute: role, who decided, whom you met."), N_("Log")),
    "log_days": (N_("Days that nobody has logged: {count}"), N_("The oldest is {day}. Each takes half a minute."), N_("See the days")),
    "training_roll": (N_("The roll of a training is missing: {training}"), N_("At {place}. It counts at once for the groups whose members came."), N_("Type the roll")),
    "report_month": (N_("Your report of {month} is not handed in"), N_("It is drafted from the logbook; add the analysis."), N_("Open your report")),
    "planned": (N_("{activity}"), N_("In your plan"), N_("Open the plan")),
    "upload": (N_("A census file waits to be stored"), N_("{file} · households: {count}"), N_("Look at it")),
    "census": (N_("The ward has no households yet"), N_("Everything begins with the census."), N_("Upload the census")),
    "designate": (N_("The ward is not designated yet"), N_("Compare it with other wards, and decide."), N_("Designate")),
    "criteria": (N_("The residents' signs of poverty are not written down"), N_("The poor list is drawn up by them."), N_("Write them down")),
    "ratify_criteria": (N_("The residents' signs of poverty wait to be ratified"), N_("A meeting of the residents decides; it is named here."), N_("Ratify")),
    "draft_list": (N_("There is no poor list yet"), N_("The criteria are there; the households come next."), N_("Draft the list")),
    "post_list": (N_("Poor list {number} is a draft"), N_("Post it, so that residents can object."), N_("Open the list")),
    "form_group": (N_("There is no group yet"), N_("The poor list is ratified; now its households can form groups."), N_("Form a group")),
    "prepare": (N_("{group} is not ready for a loan"), N_("Trainings missing: {names}"), N_("Open the group")),
    "member_gone": (N_("{name} of {group} has left the ward"), N_("Note that the member left the group, so that the group is as it is."), N_("Open the group")),
    "saving": (N_("{group} has saved nothing yet"), N_("A group saves before it borrows."), N_("Enter a saving")),
    "term": (N_("The role of {name} ends"), N_("Give it again if the work goes on."), N_("Open the people")),
    "slip": (N_("{name} has not used the slip yet"), N_("On this day it runs out."), N_("Open the people")),
    "poster": (N_("The month's board is not put up"), N_("Last put up on {day}; it hangs at {count} of at least {points} places. Print it, hang it up, note where."), N_("Print it, note where")),
    "poster_soon": (N_("The month's board is to be put up anew"), N_("Last put up on {day}; it hangs at {count} of at least {points} places. Print it, hang it up, note where."), N_("Print it, note where")),
    "poster_first": (N_("The board hangs nowhere yet"), N_("The plan is there: print it, hang it up, note where."), N_("Print it, note where")),
    "meeting": (N_("A meeting is called"), N_("Meeting at {place}"), N_("Open the meeting")),
}  # fmt: skip

STAGES: dict[str, str] = {
    # where a ward stands: step of targeting, or what came after it
    "1": N_("joined the programme"),
    "census": N_("census taken"),
    "2": N_("designated"),
    "3": N_("criteria written down"),
    "4": N_("poor list posted, objections open"),
    "5": N_("poor list posted"),
    "6": N_("poor list ratified"),
    "groups": N_("groups formed"),
    "lends": N_("the fund lends"),
}

# what a role that does nothing in the ward finds on its first page: (title, sentence, page, button)
READS: dict[str, tuple[str, str, str, str]] = {
    "verifier": (
        N_("What a verifier does here today"),
        N_("You read: the trail, the loan book, the health card, the journal, meetings with their minutes. Dossiers of this ward that wait for examination: {count}."),
        "desk:trail",
        N_("Read the trail"),
    ),
    "lead": (
        N_("You read and compare"),
        N_("The list of wards puts them side by side. Below stands what waits in this ward, and with whom."),
        "home",
        N_("Compare the wards"),
    ),
}  # fmt: skip

# the same, for a verifier in whose offices something waits, or who sits in offices where nothing does
QUEUE = (
    N_("Dossiers that wait in your offices: {count}"),
    N_(
        "The oldest has waited {days} days; past their limit: {late}. They are of every ward of your offices."
    ),
    N_("Open my queue"),
)
QUEUE_EMPTY = (
    N_("Nothing waits in your offices"),
    N_("What is handed in, or comes from the tier before, stands in your queue the same day."),
)
AND_TODAY = N_("Loan {code} · instalments behind: {count} · due today besides: {today}")
DIED = N_("{name} of {group} has died")
TWICE = N_("{name} of {group} was entered twice in the census")
BOOKS_MISSING = N_("Trainings missing: {names} · the group keeps no books of its own yet")
ONLY_BOOKS = N_("The group keeps no books of its own yet")


VERBS: dict[str, str] = {
    **stage_labels.VERBS,
    **handing_labels.VERBS,
    **complaint_labels.VERBS,
    **body_labels.VERBS,
    **study_labels.VERBS,
    "access.invite": N_("Invited a person"),
    "access.give_role": N_("Gave a role"),
    "access.end_role": N_("Ended a role"),
    "access.reset_password": N_("Printed a slip for a new password"),
    "access.reset_second_step": N_("Printed a slip for a lost phone"),
    "access.end_second_step": N_("Ended a second step on the server"),
    "access.use_slip": N_("Set a password by a slip"),
    "access.change_password": N_("Changed their own password"),
    "access.set_password": N_("Set a password on the server"),
    "access.set_same_password": N_("Set a password on the server"),
    "access.note_restore": N_("Put a backup in the place of the server's data"),
    "access.know_people": N_("Took over the names of people from a ward package"),
    "exchange.take_in": N_("Took in a ward from its package"),
    "exchange.note_numbers": N_("Let numbers of persons out in a ward's package"),
    "households.put_numbers": N_("Gave residents their numbers from a ward's package"),
    "access.make_system": N_("Set up the server's own account"),
    "access.record_login": N_("Logged in"),
    "desk.open_ward": N_("Opened the ward"),
    "desk.begin_programme": N_("Gave the ward its first day"),
    "desk.move_practice_date": N_("Moved the practice date"),
    "steps.finish_step": N_("Played a step of the demonstration"),
    "territory.open_ward": N_("The ward joined the programme"),
    "territory.begin_programme": N_("The programme began in the ward"),
    "territory.set_practice_date": N_("The ward's practice date changed"),
    "territory.add_neighbourhoods": N_("Added neighbourhoods"),
    "territory.update_regions": N_("Updated the list of regions"),
    "guidelines.publish_texts": N_("Published a guideline text"),
    "guidelines.adopt_guideline": N_("Adopted a guideline"),
    "guidelines.record_deviation": N_("Recorded a decision of the ward's own"),
    "guidelines.end_deviation": N_("Ended a decision of the ward's own"),
    "households.stage_upload": N_("Checked a census file"),
    "households.confirm_import": N_("Stored the census"),
    "households.discard_upload": N_("Discarded a census file"),
    "households.expire_upload": N_("Removed a census file that nobody stored in time"),
    "households.forget_leftovers": N_("Removed census files that were left behind"),
    "households.receive_upload": N_("Uploaded a large census file"),
    "households.note_check": N_("Checked a census file"),
    "households.ask_import": N_("Asked to store the census"),
    "households.import_census": N_("Stored the census"),
    "households.fail_upload": N_("Gave a census file up"),
    "households.add_household": N_("Added a household"),
    "households.record_birth": N_("Recorded a birth"),
    "households.record_death": N_("Recorded a death"),
    "households.record_move_out": N_("Recorded who moved out"),
    "households.record_move_in": N_("Recorded who moved in"),
    "households.split_household": N_("Split a household"),
    "households.join_households": N_("Joined two households"),
    "households.correct_person": N_("Corrected a person"),
    "households.take_back_person": N_("Took back a person entered by mistake"),
    "households.take_back_household": N_("Took back a household entered by mistake"),
    "households.reveal_nik": N_("Looked at a NIK"),
    "households.settle_duplicate": N_("Settled a likely double"),
    "practice.open_practice_ward": N_("Opened the practice ward"),
    "practice.begin_anew": N_("Began the practice ward anew"),
    "persons.join_persons": N_("Joined two entries of one person"),
    "persons.part_persons": N_("Parted two entries that were joined"),
    "households.mark_poor": N_("Marked households as poor"),
    "households.unmark_poor": N_("Ended marks of poor households"),
    "meetings.call_meeting": N_("Called a meeting"),
    "meetings.move_meeting": N_("Moved a meeting that was called"),
    "meetings.cancel_meeting": N_("Cancelled a meeting that was called"),
    "meetings.renew_members": N_("Brought the members of a called meeting up to date"),
    "meetings.take_roll": N_("Took the roll of a meeting"),
    "meetings.correct_roll": N_("Struck a row of a roll that named somebody twice"),
    "meetings.record_decision": N_("Recorded a decision of a meeting"),
    "meetings.sign_minutes": N_("Recorded the signed minutes"),
    "targeting.designate_ward": N_("Designated the ward"),
    "targeting.set_criteria": N_("Set the criteria of poverty"),
    "targeting.ratify_criteria": N_("Ratified the criteria"),
    "targeting.draft_list": N_("Drafted the poor list"),
    "targeting.change_list": N_("Changed the poor list"),
    "targeting.post_list": N_("Posted the poor list"),
    "targeting.object_to_list": N_("Entered an objection"),
    "targeting.settle_objection": N_("Settled an objection"),
    "targeting.ratify_list": N_("Ratified the poor list"),
    "institutions.form_group": N_("Formed a group"),
    "institutions.record_step": N_("Recorded a step of a group"),
    "institutions.change_officer": N_("Changed an officer of a group"),
    "institutions.admit_member": N_("Admitted a member"),
    "institutions.set_followers": N_("Noted who looks after a group"),
    "institutions.release_member": N_("Released a member"),
    "offline.take_in": N_("Brought by phone, written without a signal"),
    "facilitation.log_day": N_("Logged an activity"),
    "facilitation.log_days": N_("Logged activities"),
    "facilitation.correct_log": N_("Corrected the logbook"),
    "facilitation.take_back_log": N_("Took an entry of the logbook back"),
    "facilitation.plan_activity": N_("Planned an activity"),
    "facilitation.plan_week": N_("Planned a week"),
    "facilitation.drop_plan": N_("Gave up something planned"),
    "facilitation.plan_training": N_("Planned a training"),
    "facilitation.ask_persons": N_("Asked residents to a training"),
    "facilitation.record_training": N_("Kept the roll of a training"),
    "facilitation.correct_training": N_("Corrected the roll of a training"),
    "facilitation.call_off_training": N_("Called a training off"),
    "facilitation.save_report": N_("Wrote the analysis of a month"),
    "facilitation.hand_in_report": N_("Handed in a monthly report"),
    "facilitation.open_rating": N_("Opened a round of the residents' voice"),
    "facilitation.close_rating": N_("Closed a round of the residents' voice"),
    "facilitation.rate": N_("A resident answered"),
    "facilitation.assign_facilitator": N_("Assigned a facilitator"),
    "facilitation.end_posting": N_("Ended a facilitator's term"),
    "facilitation.describe_background": N_("Described a facilitator's background"),
    "elections.prepare": N_("Prepared an election"),
    "elections.open_round": N_("Opened a round of an election"),
    "elections.enter_tallies": N_("Entered the tallies of a station"),
    "elections.close_round": N_("Closed a round of an election"),
    "elections.draw_lot": N_("Drew lots in an election"),
    "elections.seat_board": N_("Seated the board that was elected"),
    "elections.give_up": N_("Gave an election up"),
    "elections.replace_member": N_("Replaced a member of the board"),
    "verification.open_dossier": N_("Handed in a dossier"),
    "verification.bring_in": N_("Brought in dossiers that ran on paper"),
    "verification.send_again": N_("Handed in a returned dossier again"),
    "verification.appeal": N_("Appealed against a refusal"),
    "verification.attach_scan": N_("Attached a scan to a dossier"),
    "verification.withdraw": N_("Took back a dossier"),
    "verification.note_informed": N_("Noted who was told of a dossier"),
    "verification.receive": N_("Took a dossier in hand"),
    "verification.decide": N_("Decided on a dossier"),
    "verification.recuse": N_("Stepped back from a dossier"),
    "verification.pause": N_("Stopped the clock of a dossier"),
    "verification.resume": N_("Let the clock of a dossier run again"),
    "verification.freeze": N_("Declared a freeze"),
    "verification.appoint": N_("Appointed somebody to an office"),
    "verification.end_office": N_("Ended somebody's time in an office"),
    "verification.note_absence": N_("Noted an absence"),
    "ledger.open_books": N_("Opened the books"),
    "ledger.post": N_("Posted an entry"),
    "ledger.record_voucher": N_("Entered a voucher"),
    "ledger.reverse": N_("Reversed an entry"),
    "savings.record_deposit": N_("Took a saving"),
    "savings.record_withdrawal": N_("Paid out savings"),
    "savings.reverse_movement": N_("Took back a savings entry"),
    "loans.apply": N_("Entered a loan application"),
    "loans.record_consents": N_("Entered signatures for a loan"),
    "loans.withdraw_consent": N_("Took back a signature for a loan"),
    "loans.approve": N_("Approved a loan"),
    "loans.reject": N_("Turned a loan down"),
    "loans.disburse": N_("Paid out a loan"),
    "loans.record_repayment": N_("Took an instalment"),
    "loans.reverse_repayment": N_("Took back an instalment"),
    "upk.record_card": N_("Took a health card into the record"),
    "upk.buy_item": N_("Entered a thing that the UPK bought"),
    "upk.depreciate_month": N_("Took a month's depreciation off the inventory"),
    "upk.let_item_go": N_("Took a thing out of the inventory"),
    "upk.count_cash": N_("Counted the cash"),
    "upk.stage_statement": N_("Uploaded a bank statement"),
    "upk.take_statement": N_("Took a bank statement in"),
    "upk.discard_statement": N_("Put a bank statement aside"),
    "upk.match_lines": N_("Matched bank statement and bank book"),
    "upk.post_bank_line": N_("Posted a line of a bank statement"),
    "upk.unmatch_line": N_("Took a match with the bank back"),
    "upk.stage_opening": N_("Uploaded the balances of the old book"),
    "upk.name_opening": N_("Said who is meant in the old book"),
    "upk.balance_opening": N_("Changed balances of the old book"),
    "upk.discard_opening": N_("Put the balances of the old book aside"),
    "upk.propose_opening": N_("Handed the balances of the old book to the board"),
    "upk.return_opening": N_("Gave the balances of the old book back"),
    "upk.confirm_opening": N_("Let the books begin with the balances of the old book"),
    "upk.take_back_opening": N_("Took the balances of the old book out of the books again"),
    "upk.expire_opening": N_("Put aside balances of the old book that lay too long"),
    "upk.close_month": N_("Closed a month"),
    "upk.approve_close": N_("Approved the close of a month"),
    "upk.return_close": N_("Gave a closed month back"),
    "upk.reopen_month": N_("Reopened a month"),
    "upk.close_year": N_("Closed a year"),
    "upk.split_profit": N_("Shared the profit of a year"),
    "upk.take_back_split": N_("Took back the sharing of a profit"),
    "upk.pay_share": N_("Paid from a share of the profit"),
    "loans.settle_early": N_("Settled a loan early"),
    "loans.refund_overpayment": N_("Gave back what was paid too much"),
    "loans.take_back_refund": N_("Took back a refund"),
    "loans.reschedule": N_("Rescheduled a loan"),
    "loans.take_back_rescheduling": N_("Took back a rescheduling"),
    "loans.write_off": N_("Wrote a loan off"),
    "loans.take_back_write_off": N_("Took back the writing off of a loan"),
    "loans.set_reserve_aside": N_("Set the reserve for bad loans aside"),
    "loans.suspend_lending": N_("Stopped new lending"),
    "loans.lift_suspension": N_("Lifted the stop on lending"),
    "loans.record_collection_step": N_("Recorded a step of collection"),
    "loans.take_back_collection_step": N_("Took back a step of collection"),
    "loans.refer": N_("Referred a group to formal finance"),
    "loans.record_sheet": N_("Posted a collection sheet"),
    "loans.reverse_sheet": N_("Took back a collection sheet"),
    "loans.pay_back": N_("Recorded what a member paid back to another"),
    "loans.take_back_paid_back": N_("Took back what a member had paid back"),
    "grants.record_allocation": N_("Entered the ward's allocation"),
    "grants.decide_split": N_("Entered the split of the funds"),
    "grants.move_between_windows": N_("Moved money between windows"),
    "grants.tick_papers": N_("Ticked the papers of a tranche"),
    "grants.request_tranche": N_("Asked for a tranche"),
    "grants.record_payment_order": N_("Entered a payment order"),
    "grants.receive_tranche": N_("Received a tranche"),
    "grants.agree_grant": N_("Signed a contract with a group"),
    "grants.pay_grant": N_("Paid a group for its work"),
    "grants.record_expense": N_("Entered what a group spent"),
    "grants.return_unspent": N_("Took back what a group did not use"),
    "grants.record_progress": N_("Recorded the progress of works"),
    "grants.record_contribution": N_("Recorded what residents gave"),
    "grants.add_photo": N_("Added a photograph of works"),
    "grants.hand_over": N_("Handed works over"),
    "grants.record_actuals": N_("Recorded what was really built"),
    "grants.record_keeper": N_("Recorded a maintenance group"),
    "grants.move_keeper_money": N_("Entered money of a maintenance group"),
    "grants.give_social_grant": N_("Gave a social grant"),
    "grants.pass_on_capital": N_("Passed capital on to the UPK"),
    "grants.take_back": N_("Took back a payment of the grant"),
    "grants.draft_report": N_("Drafted a report"),
    "grants.hand_in_report": N_("Handed a report in"),
}


def words(task: Task) -> dict[str, str]:
    """``what``, ``who`` and ``action`` of a task in the reader's language."""
    what, more, button = TASKS[task.kind]
    if task.values.get("books") and task.kind == "prepare":
        more = BOOKS_MISSING if task.values["names"] else ONLY_BOOKS
    if task.kind == "behind" and task.values["today"]:
        more = AND_TODAY
    if task.kind == "member_gone":
        what = {"died": DIED, "double": TWICE}.get(task.values["how"], what)
    values: dict[str, Any] = {**task.values}
    if "sum" in values:
        values["sum"] = format_rupiah(values["sum"])
    if "today" in values:
        values["today"] = format_rupiah(values["today"])
    if "paper" in values:
        values["paper"] = institutions.paper_name(task.values["paper"])
    if isinstance(values.get("day"), date):
        values["day"] = date_format(values["day"], "j F Y")
    return {"what": _(what).format(**values), "who": _(more).format(**values), "action": _(button)}


def doers(roles: Iterable[str]) -> str:
    """Who does a thing, by role: "treasurer or board member"."""
    names = [str(_(ROLES[role][0])) for role in roles]
    return _(" or ").join(names)


def deed(verb: str) -> str:
    """A verb of the trail as a sentence; a verb that is not known here as plain words.

    >>> deed("kites.fly_high")
    'kites: fly high'
    """
    if verb in VERBS:
        return str(_(VERBS[verb]))
    return verb.replace("_", " ").replace(".", ": ")
