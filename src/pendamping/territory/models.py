from django.db import models


class Area(models.Model):
    """A region under its official code (Kemendagri): province, city, district or ward."""

    LEVELS = [
        ("province", "province"),
        ("city", "city"),
        ("district", "district"),
        ("ward", "ward"),
    ]

    code = models.CharField(primary_key=True, max_length=20)
    name = models.CharField(max_length=120)
    name_key = models.CharField(
        max_length=120, db_index=True
    )  # lower case, letters and digits only
    level = models.CharField(max_length=10, choices=LEVELS)
    parent = models.CharField(max_length=20, blank=True, db_index=True)
    since = models.DateField(null=True)  # null: as long as is known
    until = models.DateField(null=True)  # the day the code ceased; its records stay

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__in=["province", "city", "district", "ward"]),
                name="territory_area_level",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Change(models.Model):
    """What an update did to a code: a new name, or the codes that came after it."""

    code = models.CharField(max_length=20, db_index=True)
    on = models.DateField()
    kind = models.CharField(max_length=10)  # added, renamed, closed, split
    old_name = models.CharField(max_length=120, blank=True)
    successor = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.on} {self.code} {self.kind}"


class Turn(models.Model):
    """A row to lock: within a ward only one at a time does a thing ("census", "groups")."""

    ward = models.CharField(max_length=20)
    desk = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ward", "desk"], name="territory_turn_once")]

    def __str__(self) -> str:
        return f"{self.ward} {self.desk}"


class Ward(models.Model):
    """A ward that takes part in the programme."""

    code = models.CharField(primary_key=True, max_length=20)
    name = models.CharField(max_length=120)
    programme_start = models.DateField(null=True)
    programme_end = models.DateField(null=True)
    practice_today = models.DateField(null=True)  # a practice ward's clock stands here
    practice_of = models.CharField(max_length=20, blank=True)  # the ward beside which it was opened
    put_away_on = models.DateField(null=True)  # a practice ward that was begun anew is closed

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def practice(self) -> bool:
        """Whether nothing in it is real: the demo's ward, and one that was opened beside a ward."""
        return self.practice_today is not None


class Neighbourhood(models.Model):
    """An RT within an RW of a ward."""

    ward = models.CharField(max_length=20)
    rw = models.CharField(max_length=3)  # "05"
    rt = models.CharField(max_length=3)  # "02"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "rw", "rt"], name="territory_rt_once")
        ]

    def __str__(self) -> str:
        return f"{self.ward}/{self.rw}/{self.rt}"
