from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from pendamping.access.rules import Held
from pendamping.trail.records import Record

SYSTEM = "system"


class Users(BaseUserManager["User"]):
    """Finds users by their name for logging in."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser, Record):
    """Somebody who logs in, or the server's own ``system`` account."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    last_login = None  # the trail keeps log-ins

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []
    objects = Users()

    @property
    def actor_key(self) -> str:
        """How the trail names this user."""
        return self.username

    def held(self) -> list[Held]:
        """Every role this user holds or held, read once."""
        if not hasattr(self, "_held"):
            self._held = [
                Held(given.role, given.area, given.since, given.until)
                for given in self.assignments.all()
            ]
        return self._held

    def __str__(self) -> str:
        return self.name


class Assignment(Record):
    """A role given to a user in an area for a term."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20)
    area = models.CharField(max_length=20, blank=True)  # official code; empty: the country
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["area"], name="access_assignment_area")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="access_assignment_term",
            )
        ]


class Slip(Record):
    """A printed slip with a one-time code: an invitation or a new password. Only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="slips")
    code_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    ends_second_step = models.BooleanField(default=False)  # for whoever lost the phone


class PassedOn(Record):
    """A permission that facilitators left to others in a ward, from a day until before another day."""

    ward = models.CharField(max_length=20)
    permission = models.CharField(max_length=60)  # "*": all of them, the facilitator has left
    since = models.DateField()
    until = models.DateField(null=True)  # the first day on which it is back

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "permission"],
                condition=models.Q(until__isnull=True),
                name="access_passed_on_once",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="access_passed_on_term",
            ),
        ]
