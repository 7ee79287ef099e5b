"""The columns that every record of the room has, for its migrations."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.deletion import PROTECT

from pendamping.kernel.ids import new_id


def entered() -> list[tuple[str, Any]]:
    """Id, ward, and who entered it when: as ``models_entered.Entered`` has them."""
    by = models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)
    key = models.CharField(
        default=new_id, editable=False, max_length=40, primary_key=True, serialize=False
    )
    return [
        ("id", key),
        ("ward", models.CharField(max_length=20)),
        ("entered_on", models.DateField()),
        ("entered_at", models.DateTimeField()),
        ("entered_by", by),
    ]
