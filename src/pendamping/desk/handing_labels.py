"""What the desk and the trail say of the hand-over."""

from pendamping.kernel.refusal import N_

TASKS: dict[str, tuple[str, str, str]] = {
    "promise_due": (N_("For the hand-over: {what}"), N_("{who} is answerable, until {day}; the criterion is not met yet."), N_("Open the criterion")),
    "sign_handover": (N_("The hand-over is prepared: the last day is {day}"), N_("The hand-over meeting decides; then its signatures are entered."), N_("Open the hand-over")),
    "prepare_handover": (N_("The programme ends on {day}"), N_("Prepare the hand-over: what is met, who takes over what."), N_("Open the hand-over")),
    "check_year": (N_("The yearly check of the hand-over is due on {day}"), N_("The same criteria, seen by the yearly meeting."), N_("Do the check")),
}  # fmt: skip

VERBS: dict[str, str] = {
    "access.pass_on": N_("Rights of the facilitator passed on with a duty"),
    "access.call_back": N_("Rights of the facilitator came back with a duty"),
    "access.end_accompanying": N_("Ended the facilitator's access to the ward"),
    "handover.read_criteria": N_("Read the criteria of the hand-over"),
    "handover.promise": N_("Named who is answerable for a criterion"),
    "handover.name_taker": N_("Named who takes a duty over"),
    "handover.practise": N_("Noted practice of a duty"),
    "handover.pass_duty": N_("Passed a duty on"),
    "handover.take_back_duty": N_("Took a duty back"),
    "handover.prepare_sign_off": N_("Prepared the hand-over"),
    "handover.drop_sign_off": N_("Put a prepared hand-over aside"),
    "handover.sign_off": N_("Signed the hand-over"),
    "handover.check_year": N_("Kept the yearly check"),
}
