"""No table pays for an index twice: a foreign key has none of its own where another begins with it."""

import pytest
from django.apps import apps
from django.db import connection, models

from pendamping.trail import indexes


def _first_columns(model):
    """The first field of each whole index of a table besides those of its keys."""
    unique = (one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint))
    made = [*unique, *model._meta.indexes]
    return {one.fields[0].lstrip("-") for one in made if one.fields and one.condition is None}


@pytest.mark.prove
def test_no_key_has_an_index_where_another_begins_with_it():
    own = [model for model in apps.get_models() if model.__module__.startswith("pendamping.")]
    keys = [
        (model, field) for model in own for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.db_index and not field.unique
    ]  # fmt: skip
    assert [str(field) for model, field in keys if field.name in _first_columns(model)] == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no second index for LIKE")
def test_only_columns_that_are_searched_by_their_beginning_have_an_index_for_it(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, indexdef FROM pg_indexes"
            " WHERE schemaname = current_schema() AND indexdef LIKE '%varchar_pattern_ops%'"
        )
        found = cursor.fetchall()
    assert sorted((table, text.rsplit("(", 1)[1].split()[0]) for table, text in found) == sorted(
        indexes.SEARCHED
    )
