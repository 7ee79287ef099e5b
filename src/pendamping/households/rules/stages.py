"""What is going on while a census file is worked on, in the order in which it happens."""

from pendamping.kernel.refusal import N_

STAGES = {
    "read": N_("Reading the file"),
    "check": N_("Checking each row"),
    "duplicates": N_("Looking for likely doubles"),
    "store": N_("Storing"),
}
