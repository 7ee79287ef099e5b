"""What holds against plain SQL too: a decision stays, days go forward, what is closed is closed."""

from django.db import migrations

from pendamping.trail.triggers import vendor_sql

STEP, DOSSIER = "verification_step", "verification_dossier"

Rules = tuple[tuple[str, str, str, str, str], ...]

# (table, name, when, condition, message); the condition reads NEW and OLD
_RULES: Rules = (
    (STEP, "decided_once", "UPDATE", "OLD.decided_on IS NOT NULL", "a decision is never changed"),
    (STEP, "kept", "DELETE", "1=1", "a step is never deleted"),
    (
        STEP,
        "in_order",
        "INSERT",
        "EXISTS (SELECT 1 FROM verification_step before WHERE before.dossier_id = NEW.dossier_id"
        " AND (before.decided_on IS NULL OR before.decided_on > NEW.received_on))",
        "a dossier is in one place, and its days go forward",
    ),
    (
        STEP,
        "received_stays",
        "UPDATE",
        "NEW.received_on <> OLD.received_on OR NEW.dossier_id <> OLD.dossier_id",
        "the day of receipt is never changed",
    ),
    (
        DOSSIER,
        "forward",
        "UPDATE",
        "NEW.received_on < OLD.received_on OR NEW.opened_on <> OLD.opened_on",
        "the days of a dossier go forward",
    ),
    (
        DOSSIER,
        "final",
        "UPDATE",
        "OLD.state IN ('passed', 'withdrawn')",
        "what has passed or was taken back stays so",
    ),
    (DOSSIER, "kept", "DELETE", "1=1", "a dossier is never deleted"),
)


def firm() -> migrations.RunPython:
    """The triggers of the room on both databases, as one migration step."""
    names = [(table, f"{table}_{name}") for table, name, *_rest in _RULES]
    return vendor_sql(
        {"sqlite": _sqlite(_RULES), "postgresql": _postgres(_RULES)},
        {
            "sqlite": [f"DROP TRIGGER {name}" for _table, name in names],
            "postgresql": [
                line
                for table, name in names
                for line in (f"DROP TRIGGER {name} ON {table}", f"DROP FUNCTION {name}()")
            ],
        },
    )


def laid_aside(name: str, work: migrations.RunPython) -> list[migrations.RunPython]:
    """A migration's work on rows that a trigger keeps: it is taken off before, put on again after."""
    rules = tuple(rule for rule in _RULES if rule[1] == name)
    table = rules[0][0]
    drop = {
        "sqlite": [f"DROP TRIGGER {table}_{name}"],
        "postgresql": [
            f"DROP TRIGGER {table}_{name} ON {table}",
            f"DROP FUNCTION {table}_{name}()",
        ],
    }
    put = {"sqlite": _sqlite(rules), "postgresql": _postgres(rules)}
    return [vendor_sql(drop, put), work, vendor_sql(put, drop)]


def _sqlite(rules: Rules) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for table, name, event, when, message in rules
    ]


def _postgres(rules: Rules) -> list[str]:
    lines = []
    for table, name, event, when, message in rules:
        back = "OLD" if event == "DELETE" else "NEW"
        lines += [
            f"CREATE FUNCTION {table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {when} THEN RAISE EXCEPTION '{message}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {back}; END $$",
            f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_{name}()",
        ]
    return lines
