"""The tables of a new database in one go, as the last migration leaves them.

Nothing stands in an empty database that a migration could change, so what tables, columns, indexes and
constraints become in the end is made at once from the state after the last migration; then whatever the
migrations do beside that (triggers, plain SQL, filling) is done in their order. One transaction: a start
that is cut off leaves no half schema. A test on each database holds the outcome against Django's own
``migrate``, step by step.
"""

from typing import Any

from django.db import migrations, router
from django.db.migrations.state import ProjectState

from pendamping.trail import indexes

SHAPES = (
    migrations.CreateModel,
    migrations.DeleteModel,
    migrations.AddField,
    migrations.RemoveField,
    migrations.AlterField,
    migrations.RenameField,
    migrations.AddConstraint,
    migrations.RemoveConstraint,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.AlterModelTable,
    migrations.AlterUniqueTogether,
    migrations.AlterIndexTogether,
    migrations.SeparateDatabaseAndState,  # its SQL makes what its state says
    indexes.Covered,
)
"""What the state after the last migration says by itself."""

DEEDS = (migrations.RunPython, migrations.RunSQL)
"""What is done to the database beside, in the order of the migrations."""

Plan = list[tuple[migrations.Migration, bool]]


def knows(plan: Plan) -> bool:
    """Whether each operation of the plan is one that can be done so."""
    return all(
        isinstance(operation, SHAPES + DEEDS)
        for migration, _backwards in plan
        for operation in migration.operations
    )


def build(executor: Any, state: ProjectState, plan: Plan) -> ProjectState:
    """Make all tables and do all deeds of the plan, forwards from nothing; gives the state after it."""
    state.__dict__.pop("apps", None)  # made once, when every model is known
    for migration, _backwards in plan:
        state = migration.mutate_state(state, preserve=False)
    with executor.connection.schema_editor(atomic=True) as editor:
        _make_tables(editor, state)
        for migration, _backwards in plan:
            _do_deeds(editor, state, migration)
        _record(executor, plan)
    return state


def _make_tables(editor: Any, state: ProjectState) -> None:
    there = editor.connection
    for model in state.apps.get_models():
        if model._meta.can_migrate(there) and router.allow_migrate_model(there.alias, model):
            editor.create_model(model)
    for statement in editor.deferred_sql:  # foreign keys and indexes, before a row comes
        editor.execute(statement)
    editor.deferred_sql.clear()


def _do_deeds(editor: Any, state: ProjectState, migration: migrations.Migration) -> None:
    for operation in migration.operations:
        if isinstance(operation, DEEDS):
            operation.database_forwards(migration.app_label, editor, state, state)


def _record(executor: Any, plan: Plan) -> None:
    written = executor.recorder.Migration
    executor.recorder.migration_qs.bulk_create(
        written(app=migration.app_label, name=migration.name) for migration, _backwards in plan
    )
    for migration, _backwards in plan:
        if executor.progress_callback:
            executor.progress_callback("apply_start", migration, False)
            executor.progress_callback("apply_success", migration, False)
