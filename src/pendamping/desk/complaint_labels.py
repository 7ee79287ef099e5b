"""What the desk says of complaints and of the public board: tasks and deeds."""

from pendamping.kernel.refusal import N_

TASKS: dict[str, tuple[str, str, str]] = {
    "complaint_climbed": (N_("Answer complaint {number}: not answered in time below"), N_("{about} · at {level} since {day}"), N_("Answer it")),
    "complaint": (N_("Answer complaint {number}"), N_("{about} · {level}"), N_("Answer it")),
    "complaint_receipt": (N_("Confirm the receipt of complaint {number}"), N_("{about} · {level}"), N_("Confirm it")),
    "complaint_close": (N_("Ask the complainant of {number} whether it is settled"), N_("{about} · the complainant is waited for until that day"), N_("Open it")),
    "complaint_nobody": (N_("Nobody can answer complaint {number}"), N_("{about} · all who could are concerned, or nobody holds the role: give it to somebody"), N_("Give a role")),
}  # fmt: skip

VERBS: dict[str, str] = {
    "complaints.receive": N_("Took a complaint in"),
    "complaints.import_register": N_("Took over a complaint book"),
    "complaints.print_slip": N_("Printed the slip of a complaint"),
    "complaints.reveal_person": N_("Looked up who complained"),
    "complaints.name_concerned": N_("Noted whom a complaint is about"),
    "complaints.acknowledge": N_("Confirmed the receipt of a complaint"),
    "complaints.sort": N_("Sorted a complaint"),
    "complaints.add_note": N_("Noted something on a complaint"),
    "complaints.pass_on": N_("Passed a complaint to another level"),
    "complaints.answer": N_("Answered a complaint"),
    "complaints.record_recovered": N_("Noted money that came back"),
    "complaints.close": N_("Closed a complaint without a word of the complainant"),
    "complaints.confirm": N_("The complainant confirmed that it is settled"),
    "complaints.reopen": N_("The complainant opened a complaint again"),
    "complaints.add_word": N_("The complainant added something"),
    "complaints.join": N_("Joined two complaints"),
    "complaints.part": N_("Took joined complaints apart"),
    "notice.put_up": N_("Put up the poster of the board"),
    "notice.take_down": N_("Noted that a poster hangs no longer"),
}
