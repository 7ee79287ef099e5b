"""What the desk says of the stages of the cycle: tasks and deeds."""

from pendamping.kernel.refusal import N_

TASKS: dict[str, tuple[str, str, str]] = {
    "close_stage": (N_("{what}"), N_("The page of the stage shows the records."), N_("Enter its last day")),
    "stage_step": (N_("{what}"), N_("{stage} · paper: {sheet}"), N_("Do this")),
    "begin_stage": (N_("{what}"), N_("Enter the day on which it really began."), N_("Enter its first day")),
}  # fmt: skip

VERBS: dict[str, str] = {
    "cycle.start_stage": N_("Entered the first day of a stage"),
    "cycle.finish_stage": N_("Entered the last day of a stage"),
    "cycle.take_back": N_("Took back a date of a stage"),
    "cycle.draft_plan": N_("Drafted new planned dates"),
    "cycle.adopt_plan": N_("Adopted new planned dates"),
    "cycle.drop_plan": N_("Put a draft of planned dates aside"),
}
