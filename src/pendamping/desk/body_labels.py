"""What the desk and the trail say of bodies with seats, and of cadres."""

from pendamping.kernel.refusal import N_

TASKS: dict[str, tuple[str, str, str]] = {
    "next_board": (N_("The term of the board ends on {day}"), N_("The election of the next one takes about five weeks."), N_("Prepare an election")),
    "board_paper": (N_("A paper of the board runs out on {day}: {paper}"), N_("Have it renewed, then enter the new one."), N_("Enter a paper")),
    "body_paper": (N_("A paper of {body} runs out on {day}: {paper}"), N_("Have it renewed, then enter the new one."), N_("Enter a paper")),
    "body_term": (N_("The term of {body} ends on {day}"), N_("Name who goes on, and let the meeting decide."), N_("Prepare the appointment")),
    "appointment": (N_("The appointment of {body} is being prepared"), N_("A meeting decides on the names; then they take their seats."), N_("Open the appointment")),
    "cadre_silent": (N_("No sign of work from {name} since {day}"), N_("Visit them, or note what they did: a cadre who fell silent goes on alone with nobody."), N_("Open the cadre")),
    "remedy_due": (N_("Did it help: {what}?"), N_("Planned until {day} against: {factor}."), N_("Say how it worked")),
    "cadres_silent": (N_("Cadres who fell silent: {count}"), N_("The longest is {name}, since {day}. Visit them, or note what they did."), N_("Open the cadres")),
    "task_open": (N_("Tasks that no active cadre has taken over: {count}"), N_("{names}. After the hand-over nobody would do them."), N_("Give the tasks")),
}  # fmt: skip

VERBS: dict[str, str] = {
    "institutions.seat_members": N_("Seated members of a body"),
    "institutions.add_seat": N_("Added a seat to a body"),
    "institutions.end_seat": N_("Ended a seat in a body"),
    "institutions.record_paper": N_("Noted a paper of a body"),
    "institutions.give_role": N_("Gave a member of a body its task"),
    "institutions.draft_appointment": N_("Began to prepare an appointment"),
    "institutions.name_person": N_("Named somebody for a seat"),
    "institutions.unname_person": N_("Took somebody out of an appointment"),
    "institutions.drop_appointment": N_("Gave an appointment up"),
    "institutions.appoint": N_("Seated an appointed body"),
    "institutions.release_seat": N_("Somebody left a body"),
    "insight.acknowledge": N_("Saw an early warning"),
    "insight.plan_remedy": N_("Entered what is done about a warning"),
    "insight.tell_outcome": N_("Told how a remedy worked"),
    "relations.declare": N_("Entered a relation"),
    "relations.withdraw": N_("Withdrew a relation"),
    "cadres.join": N_("Entered a cadre"),
    "cadres.leave": N_("A cadre stopped"),
    "cadres.give_task": N_("Gave a task to a cadre"),
    "cadres.end_task": N_("Ended a cadre's task"),
    "cadres.note_deed": N_("Noted what a cadre did"),
}
