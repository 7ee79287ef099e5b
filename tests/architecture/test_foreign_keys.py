"""A foreign key points down the house, and never takes rows away with it."""

import sys

from tests.architecture.source import ROOT, plant, run_in

READER = """
import django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "pendamping.web.settings"
django.setup()
from django.apps import apps
from django.db.models import CASCADE
from tests.architecture.source import floors, room_of

order = floors()
for model in apps.get_models(include_auto_created=True):
    if not model.__module__.startswith("pendamping."):
        continue
    for field in model._meta.get_fields():
        if not field.is_relation or field.auto_created or field.related_model is None:
            continue
        if isinstance(field.related_model, str):
            print(f"{model._meta.label}.{field.name}: there is no {field.related_model}")
            continue
        here, there = room_of(model.__module__), room_of(field.related_model.__module__)
        name = f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        if not field.related_model.__module__.startswith("pendamping."):
            continue
        if order.index(there) < order.index(here):
            print(f"{name}: points up; keep the id as text, the higher room resolves it")
        if getattr(field.remote_field, "on_delete", None) is CASCADE:
            print(f"{name}: CASCADE deletes rows that nobody named; use PROTECT")
"""


def faults(house):
    done = run_in(house, sys.executable, "-c", READER)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_they_point_down():
    assert faults(ROOT) == []


def test_one_that_points_up_is_caught(house):
    code = """
class Planted(models.Model):
    user = models.ForeignKey("access.User", on_delete=models.PROTECT)
"""
    plant(house, "src/pendamping/territory/models.py", code)
    assert any(
        "territory.Planted.user" in fault and "points up" in fault for fault in faults(house)
    )


def test_one_that_deletes_is_caught(house):
    code = """
class Planted(models.Model):
    ward = models.ForeignKey("territory.Ward", on_delete=models.CASCADE)
"""
    plant(house, "src/pendamping/access/models.py", code)
    assert any("access.Planted.ward" in fault and "CASCADE" in fault for fault in faults(house))
