"""People whose deeds come with the package of a ward."""

from collections.abc import Mapping

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def know_people(*, by: User, people: Mapping[str, str], ward: str) -> dict[str, str]:
    """Let the server know who did what in the records of a ward that comes from another server.

    ``people``: username → name. Who is not known yet gets an entry that cannot log in: no password, no
    role, not active. Whose username belongs to somebody with another name here is entered under it with the
    code of the ward behind: nobody gets another one's deeds. Returns username → key of all of them.
    Raises ``ValidationError`` for a name that no account can have.
    """
    allow(by, "access.know_people", "")
    names = {one: one for one in people} | {f"{one}.{ward}": one for one in people}
    here = User.objects.filter(username__in=names).values_list("username", "name", "pk")
    known = {names[one]: key for one, name, key in here if name == people[names[one]]}
    taken = {one for one, _name, _key in here}
    for username in sorted(set(people) - set(known)):
        user = User(
            username=f"{username}.{ward}" if username in taken else username,
            name=people[username], joined_at=clock.now(), is_active=False,
        )  # fmt: skip
        user.set_unusable_password()
        user.clean_fields()  # SQLite would keep a name of any length
        user.save()
        known[username] = user.pk
    record(by=by, ward="", record="server", people=len(people))
    return known
