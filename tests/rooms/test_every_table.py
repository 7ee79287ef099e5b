"""Each table is sealed by the database, compared with the trail, or named here with what it is instead."""

import re

import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db

COMPARED = {
    # looked over by `pendamping books check`
    "access_assignment": "access.said: every role was given",
    "access_passedon": "access.said: what facilitators left, as the trail says",
    "cadres_cadre": "cadres.said: as often as the trail says",
    "cadres_charge": "cadres.said: as often as the trail says",
    "institutions_body": "institutions.said: as many seats as were given",
}
WORKED_OUT = {
    "households_figure": "kept by triggers of the database itself, from the rows that it counts",
    "households_nameword": "kept by triggers of the database itself, from the names",
    "ledger_turn": "a row to lock; it says nothing",
    "territory_turn": "a row to lock; it says nothing",
    "upk_bankmatch": "which lines belong together; taken back freely, and what was posted is an entry",
    "upk_bookline": "which lines belong together",
}
STILL_OPEN = {
    # drafts, and what its room changes freely; each change is in the trail, the rows are not compared with it
    "access_slip": "a code for a password, good for hours",
    "access_user": "a login: name, password, second factor",
    "facilitation_plan": "what a facilitator plans for a day",
    "facilitation_posting": "terms in a team",
    "facilitation_ratinground": "when a round is open",
    "facilitation_ratingslip": "whether a code has answered; what was answered is sealed",
    "facilitation_trainer": "who teaches",
    "facilitation_training": "when and where, and its state; its roll is compared",
    "grants_photo": "a photograph of works; whether it is there, the trail knows",
    "households_censusupload": "a file that waits",
    "households_distinct": "two that look alike and are two",
    "households_household": "the census as it stands today",
    "households_lifeevent": "what happened to a household",
    "households_membership": "who lived where",
    "households_person": "who lives in the ward",
    "institutions_follower": "which login a group has",
    "loans_referral": "a dispute that was passed on; its paper is signed",
    "loans_reservemonth": "what the loans of a month's end needed; what was posted is an entry",
    "planning_wardmap": "where each RT stands on a drawing",
    "planning_station": "an empty ballot box; what came out of it is sealed",
    "territory_area": "official regions, from their source",
    "territory_change": "what an update did to a region",
    "territory_neighbourhood": "an RT of a ward",
    "territory_ward": "a ward and its programme's days",
    "upk_bankline": "a line of a bank's file, as uploaded",
    "upk_bankstatement": "a bank's file, as uploaded",
    "verification_absence": "who is away",
    "verification_freeze": "days on which nothing is decided",
    "verification_office": "who sits in an office",
    "verification_pause": "days on which a clock stands",
    "verification_scan": "where a scan is kept",
}
ASKED = {
    "sqlite": "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT c.relname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal",
}


def tables():
    """Every table of a room."""
    return {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("pendamping.")
    }


def sealed():
    """Tables of which the database refuses some change, whoever asks."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED[connection.vendor])
        return {table for table, text in cursor.fetchall() if re.search(r"\bRAISE\b", text)}


def test_every_table_is_sealed_or_compared_or_says_what_it_is():
    named = [*COMPARED, *WORKED_OUT, *STILL_OPEN]
    assert len(named) == len(set(named))
    assert sorted(tables() - sealed()) == sorted(named)
