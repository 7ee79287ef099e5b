"""The one declaration of what a ward package holds: resources, columns, kinds, keys, references.

Source: doors, *The ward package*. A column is written ``name:kind>resource=a|b!``: its kind (text where none
is given), the resource whose key it names, what may stand there (``=+`` several, joined with ``;``), and
``!`` where it must be there and is never empty. Columns of a resource that have no ``!`` may be missing.
"""

import re

from pendamping.exchange.rules.columns import Column, Resource

_NOTATION = re.compile(
    r"(?P<name>[a-z_0-9]+)(:(?P<kind>[a-z]+))?(>(?P<to>[a-z_]+))?"
    r"(=(?P<many>\+)?(?P<choices>[^!]+))?(?P<needed>!)?"
)

_DECLARED = {
    "ward": ("code", "code! name! guideline programme_start:day programme_end:day"),
    "stages": (
        "stage",
        "stage! planned_start:day planned_end:day started:day ended:day entered_on:day decided_by_meeting"
        " ended_entered_on:day",
    ),
    "households": (
        "id",
        "id! rw rt head_name! members:whole poor:truth source number address stated_size:whole joined_on:day"
        " left_on:day",
    ),
    "persons": (
        "id",
        "id! household>households! name! sex=L|P born:day relation born_precision occupation education status"
        " same_as>persons nik",
    ),
    "meetings": (
        "id",
        "id! kind! stage level held_on:day! entered_on:day place attended:whole attended_women:whole"
        " attended_poor:whole quorum_met:truth minutes rw rt status guests:whole eligible:whole counted_by"
        " signed_on:day follows>meetings guideline_version",
    ),
    "attendance": (
        "meeting number",
        "meeting>meetings! person>persons name! sex=L|P poor:truth number:whole rw rt guest:truth",
    ),
    "decisions": (
        "meeting number",
        "meeting>meetings! number:whole! subject text! outcome votes:json",
    ),
    "bodies": ("id", "id! kind! name formed_on:day! entered_on:day"),
    "seats": (
        "id",
        "id body>bodies! person>persons name! sex=L|P role from:day! to:day office ends:day meeting",
    ),
    "cadres": (
        "id",
        "id person>persons! from:day! to:day status name sex=L|P poor:truth stage meeting entered_on:day"
        " to_entered_on:day",
    ),
    "cadre_tasks": ("id", "id cadre>cadres! task! since:day! until:day entered_on:day"),
    "cadre_deeds": ("id", "id cadre>cadres! on:day! entered_on:day"),
    "trainings": ("id", "id! topic! held_on:day! entered_on:day hours:whole place status"),
    "training_attendance": (
        "training person",
        "training>trainings! person! score_before:whole score_after:whole name sex=L|P came:truth",
    ),
    "groups": ("id", "id! name! formed_on:day! kind entered_on:day meeting status"),
    "group_members": (
        "id",
        "id group>groups! person>persons! name! sex=L|P poor:truth from:day! to:day left_why",
    ),
    "proposals": (
        "id",
        "id! group component title! amount:whole! submitted_on:day status entered_on:day dossier",
    ),
    "verification_steps": (
        "id",
        "id dossier! tier! received_on:day! decided_on:day entered_on:day decision reason_code verifier"
        " decided_entered_on:day limit_days:whole pauses:json",
    ),
    "loans": (
        "loan_id",
        "loan_id! ward! group_id! principal:whole! rate_bp:whole! instalments:whole! grace_months:whole!"
        " disbursed:day! cycle:whole entered_on:day",
    ),
    "loan_members": ("loan_id person", "loan_id>loans! person! amount:whole!"),
    "repayments": (
        "id",
        "id loan_id>loans! paid_on:day! amount:whole! principal:whole service:whole entered_on:day received_by"
        " reversed_on:day into_principal:whole into_service:whole",
    ),
    "segments": (
        "loan_id from",
        "loan_id>loans! from:day! principal:whole! service:whole! instalments:whole! first_due:day! every! keeps_class_for:whole class_before:whole",
    ),
    "closures": (
        "loan_id on",
        "loan_id>loans! on:day! kind! principal:whole! service:whole!",
    ),
    "grants": (
        "id",
        "id! proposal component amount:whole! granted_on:day entered_on:day group title meeting",
    ),
    "tranches": (
        "id number",
        "id! number:whole! amount:whole! requested_on:day released_on:day lpj_due:day"
        " lpj_accepted_on:day entered_on:day allocation released_entered_on:day"
        " lpj_accepted_entered_on:day",
    ),
    "contributions": (
        "id",
        "id proposal! given_on:day! kind=cash|material|labour|land! quantity unit amount:whole! entered_on:day grant",
    ),
    "log_entries": (
        "id",
        "id! facilitator! on:day! entered_on:day stage roles=+facilitative|educational|representational|technical"
        " minutes:whole decided_by obstacle",
    ),
    "deviations": (
        "id",
        "id! on:day! entered_on:day clause! kind=local-decision|request-refused|order-changed! note",
    ),
    "board_posters": (
        "id",
        "id! place! put_up_on:day! taken_down_on:day entered_on:day",
    ),
    "complaints": (
        "id",
        "id! received_on:day! entered_on:day channel kind scope level due_on:day closed_on:day confirmed:truth amount:whole",
    ),
    "remedies": (
        "id",
        "id! factor! what! role! on:day! entered_on:day until:day outcome=helped|not|early|undone outcome_on:day",
    ),
    "readiness": ("on criterion", "on:day! criterion! met:truth! evidence entered_on:day"),
    "scorecards": (
        "round group statement",
        "round:whole! on:day! entered_on:day group! statement! present:whole! score_1:whole! score_2:whole!"
        " score_3:whole! score_4:whole! score_5:whole!",
    ),
    "entries": (
        "id",
        "id! on:day! entered_on:day kind! ref reversal_of>entries narration",
    ),
    "lines": ("entry number", "entry>entries! account! amount:whole! number:whole"),
    "trail": (
        "seq",
        "seq:whole! verb! actor record on:day! entered_at:moment! data previous! seal!",
    ),
}


def _column(text: str) -> Column:
    found = _NOTATION.fullmatch(text)
    if found is None:
        raise ValueError(f"not a column: {text}")
    choices = tuple(found["choices"].split("|")) if found["choices"] else ()
    kind = found["kind"] or "text"
    return Column(
        found["name"], kind, bool(found["needed"]), found["to"] or "", choices, bool(found["many"])
    )


RESOURCES: tuple[Resource, ...] = tuple(
    Resource(name, tuple(key.split()), tuple(_column(text) for text in columns.split()))
    for name, (key, columns) in _DECLARED.items()
)
"""Every resource that this program knows, lowest first: what is referred to comes before what refers."""
BY_NAME = {resource.name: resource for resource in RESOURCES}
