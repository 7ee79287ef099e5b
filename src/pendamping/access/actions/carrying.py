"""People whose deeds come with the package of a ward."""

from collections.abc import Mapping

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def know_people(*, by: User, people: Mapping[str, str]) -> dict[str, str]:
    """Let the server know who did what in the records of a ward that comes from another server.

    ``people``: username → name. Who is not known yet gets an entry that cannot log in: no password, no
    role, not active. Returns username → key of all of them.
    """
    allow(by, "access.know_people", "")
    known = dict(User.objects.filter(username__in=people).values_list("username", "pk"))
    for username in sorted(set(people) - set(known)):
        user = User(
            username=username, name=people[username], joined_at=clock.now(), is_active=False
        )
        user.set_unusable_password()
        user.save()
        known[username] = user.pk
    record(by=by, ward="", record="server", people=len(people))
    return known
