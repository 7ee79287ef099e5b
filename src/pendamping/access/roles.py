"""The roles, and which of them belong to a ward."""

from pendamping.kernel.refusal import N_

ROLES: dict[str, tuple[str, str]] = {
    # key: (name, what it is for)
    "administrator": (N_("Server administrator"), N_("Opens wards, keeps regions and guidelines, invites ward administrators")),
    "ward_admin": (N_("Ward administrator"), N_("Invites people of the ward, prints slips for new passwords, keeps the census")),
    "facilitator": (N_("Facilitator"), N_("Accompanies the ward: census, meetings, groups, trainings")),
    "cadre": (N_("Cadre"), N_("Volunteers who help with the census, meetings and groups")),
    "board": (N_("Community board member"), N_("Decides: ratifies lists, approves loans")),
    "treasurer": (N_("Treasurer of the revolving fund"), N_("Pays out loans, takes instalments, keeps the books")),
    "bookkeeper": (N_("Book-keeper of the revolving fund"), N_("Keeps the books beside the cashier: bank statements, reserve, the close of the month")),
    "secretary": (N_("Secretariat of the board"), N_("Keeps the board's money and papers: tranches, grants to groups, reports, invitations to meetings")),
    "group_officer": (N_("Officer of a self-help group"), N_("Follows the group, its savings and its loan")),
    "verifier": (N_("Verifier"), N_("Examines what wards hand in")),
    "lead": (N_("Programme lead"), N_("Compares wards and chooses locations; reads all else")),
}  # fmt: skip

WARD_ROLES = (
    "ward_admin", "facilitator", "cadre", "board", "treasurer", "bookkeeper", "secretary",
    "group_officer",
)  # fmt: skip
