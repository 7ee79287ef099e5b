"""Relations that were declared, the concentration that they show, and who sees names in it."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from pendamping.desk import oversight
from pendamping.institutions import actions as institutions
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.relations import actions, queries
from pendamping.relations.models import Kin
from pendamping.trail.writing import migrating
from tests import gatherings
from tests.cast import WARD
from tests.staging import staged

pytestmark = pytest.mark.django_db
TODAY = date(2004, 8, 12)


@pytest.fixture(autouse=True)
def in_august():
    with clock.at(TODAY):
        yield


@staged(at=TODAY)
def seated(cast, loan):
    """Somebody from outside the group that borrowed 2,500,000 sits among the supervisors."""
    cast.borrowers = [one.person_id for one in loan.members.order_by("id")]
    cast.seat = gatherings.village(cast, poor=0, rich=1, ratified=False).rich_people[0]
    institutions.seat_members(
        by=cast.facilitator, ward=WARD, kind="supervisors", persons=[cast.seat], since=TODAY,
        ends=date(2005, 8, 11), decided_by="test", meeting_id="",
    )  # fmt: skip
    return cast


def declare(cast, one, other, **changes):
    told = {"kind": "sibling", "said": "Dinyatakan sendiri dalam rapat", **changes}
    return actions.declare(by=cast.facilitator, ward=WARD, one=one, other=other, **told)


def share(key, on=TODAY):
    return next(one for one in queries.cycles(WARD, on)[0].measures if one.key == key).share


def clauses(refused):
    return [reason.clause for reason in refused.value.reasons]


def test_a_declared_relation_shows_what_was_lent_to_kin_and_withdrawn_it_no_longer_does(seated):
    cast = seated
    assert share("loans").fraction == "0/2500000"
    made = declare(cast, cast.borrowers[0], cast.seat)
    assert share("loans").fraction == "500000/2500000"
    with pytest.raises(Refusal) as refused:
        declare(cast, cast.seat, cast.borrowers[0])  # the other way round
    assert clauses(refused) == ["relations.known"]
    with pytest.raises(Refusal) as refused:
        declare(cast, cast.seat, cast.seat, kind="friend", said=" ")
    assert clauses(refused) == ["relations.pair", "relations.kind", "relations.said"]
    with migrating(), pytest.raises(DatabaseError), transaction.atomic():
        Kin.objects.update(kind="spouse")
    actions.withdraw(by=cast.facilitator, ward=WARD, kin_id=made.id, why="Salah orang")
    assert share("loans").fraction == "0/2500000"
    with migrating(), pytest.raises(DatabaseError), transaction.atomic():
        Kin.objects.update(withdrawn_on=None, withdrawn_why="")
    assert declare(cast, cast.borrowers[0], cast.seat).id != made.id
    assert [row["kind"] for row in queries.dump(WARD)["kin"]] == ["sibling", "sibling"]


def test_a_relation_that_no_action_entered_is_named_by_the_look_over(seated):
    cast = seated
    assert queries.check(WARD) == []
    with migrating():
        made = Kin.objects.create(
            ward=WARD, one_id=cast.seat, other_id=cast.borrowers[0], kind="other", said="x",
            declared_on=TODAY, entered_at=clock.now(),
        )  # fmt: skip
    assert f"kin:{made.id}" in {one.where.get("record") for one in oversight.breaks(WARD)}


def test_who_may_not_declares_nothing(seated):
    cast = seated
    for who in (cast.chair, cast.treasurer, cast.officer, cast.lead, cast.stranger):
        with pytest.raises(Refusal) as refused:
            actions.declare(by=who, ward=WARD, one=cast.seat, other=cast.borrowers[0],
                            kind="other", said="x")  # fmt: skip
        assert clauses(refused) == ["access.permission"]


def test_the_page_shows_shares_to_all_and_names_to_who_may_see_borrowers(seated, client):
    cast = seated
    home = reverse("relations:home", kwargs={"ward": WARD})
    client.force_login(cast.facilitator)
    asked = reverse("relations:declare", kwargs={"ward": WARD}) + "?q=Rekaan&of=Rekaan"
    page = client.get(asked).content.decode()
    assert cast.seat in page
    told = {"one": cast.seat, "other": cast.seat, "kind": "other", "said": "x"}
    assert client.post(asked, told).status_code == 409
    declare(cast, cast.borrowers[0], cast.seat)
    page = client.get(home).content.decode()
    assert "20,0\xa0%" in page and "perlu dilihat" in page and "saudara kandung" in page
    assert queries.declared(WARD)[0].one.name in page
    client.force_login(cast.lead)
    hidden = client.get(home).content.decode()
    assert "20,0\xa0%" in hidden and "saudara kandung" in hidden
    assert queries.declared(WARD)[0].one.name not in hidden
    client.force_login(cast.facilitator)
    kin = queries.declared(WARD)[0]
    gone = reverse("relations:withdraw", kwargs={"ward": WARD, "kin": kin.id})
    assert client.get(gone).status_code == 200
    assert client.post(gone, {"why": "Salah"}).status_code == 302
    assert client.get(gone).status_code == 404
