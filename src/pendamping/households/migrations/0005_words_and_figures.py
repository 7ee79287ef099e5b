import django.db.models.deletion
from django.db import migrations, models

from pendamping.trail.triggers import fill, vendor_sql

# --- SQLite: a trigger for each row; a key is words with single spaces between them ---------------


def _split(row: str) -> str:
    return f"""json_each('["' || replace({row}.name_key, ' ', '","') || '"]')"""


def _index(row: str) -> str:
    return (
        "INSERT INTO households_nameword (ward, word, name_key, person_id)"
        f" SELECT DISTINCT {row}.ward, value, {row}.name_key, {row}.id FROM {_split(row)}"
        f" WHERE {row}.status = 'resident' AND value <> ''"
    )


UNINDEX = (
    "DELETE FROM households_nameword WHERE ward = OLD.ward AND name_key = OLD.name_key"
    f" AND person_id = OLD.id AND word IN (SELECT value FROM {_split('OLD')})"
)
FIGURES = (
    "INSERT INTO households_figure"
    " (ward, rw, rt, households, people, women, poor_by_census, poor_by_list) "
)
ADD = " ON CONFLICT (ward, rw, rt) DO UPDATE SET " + ", ".join(
    f"{name} = households_figure.{name} + excluded.{name}"
    for name in ("households", "people", "women", "poor_by_census", "poor_by_list")
)


def _home(row: str, sign: str) -> str:
    """A living household comes to the figures of its RT, or goes, with its open mark."""
    marks = "".join(
        f", {sign}(SELECT count(*) FROM households_poormark AS mark WHERE mark.until IS NULL"
        f" AND mark.household_id = {row}.id AND mark.source = '{source}')"
        for source in ("census", "list")
    )
    return (
        f"{FIGURES} SELECT {row}.ward, {row}.rw, {row}.rt, {sign}1, {sign}{row}.size,"
        f" {sign}{row}.women{marks} WHERE {row}.left_on IS NULL {ADD}"
    )


def _mark(row: str, sign: str) -> str:
    """An open mark of a living household comes or goes."""
    return (
        f"{FIGURES} SELECT home.ward, home.rw, home.rt, 0, 0, 0,"
        f" {sign}({row}.source = 'census'), {sign}({row}.source = 'list')"
        f" FROM households_household AS home WHERE home.id = {row}.household_id"
        f" AND home.left_on IS NULL AND {row}.until IS NULL {ADD}"
    )


def _sqlite(name: str, when: str, table: str, *steps: str) -> str:
    return f"CREATE TRIGGER households_{name} AFTER {when} ON {table} BEGIN {'; '.join(steps)}; END"


PERSON, HOME, MARK = "households_person", "households_household", "households_poormark"
RENAMED, CHANGED = (
    "UPDATE OF ward, name_key, status",
    "UPDATE OF ward, rw, rt, size, women, left_on",
)
ENDED = "UPDATE OF household_id, until, source"
SQLITE = [
    _sqlite("words_new", "INSERT", PERSON, _index("NEW")),
    _sqlite("words_changed", RENAMED, PERSON, UNINDEX, _index("NEW")),
    _sqlite("words_gone", "DELETE", PERSON, UNINDEX),
    _sqlite("figures_new", "INSERT", HOME, _home("NEW", "+")),
    _sqlite("figures_changed", CHANGED, HOME, _home("OLD", "-"), _home("NEW", "+")),
    _sqlite("figures_gone", "DELETE", HOME, _home("OLD", "-")),
    _sqlite("poor_new", "INSERT", MARK, _mark("NEW", "+")),
    _sqlite("poor_changed", ENDED, MARK, _mark("OLD", "-"), _mark("NEW", "+")),
    _sqlite("poor_gone", "DELETE", MARK, _mark("OLD", "-")),
]
NAMES = {
    PERSON: ("words_new", "words_changed", "words_gone"),
    HOME: ("figures_new", "figures_changed", "figures_gone"),
    MARK: ("poor_new", "poor_changed", "poor_gone"),
}

# --- PostgreSQL: one trigger for all rows of an INSERT or COPY, one for each row that changes ------

PG_INDEX = (
    "INSERT INTO households_nameword (ward, word, name_key, person_id)"
    " SELECT DISTINCT one.ward, part, one.name_key, one.id FROM {rows} AS one,"
    " unnest(string_to_array(one.name_key, ' ')) AS part"
    " WHERE one.status = 'resident' AND part <> ''"
)
PG_UNINDEX = UNINDEX.replace(_split("OLD"), "unnest(string_to_array(OLD.name_key, ' ')) AS value")
PG_HOMES = (
    FIGURES + "SELECT ward, rw, rt, count(*), sum(size), sum(women), 0, 0 FROM {rows} AS home"
    " WHERE left_on IS NULL GROUP BY ward, rw, rt ORDER BY ward, rw, rt"
)
PG_MARKS = (
    FIGURES + "SELECT home.ward, home.rw, home.rt, 0, 0, 0,"
    " count(*) FILTER (WHERE mark.source = 'census'), count(*) FILTER (WHERE mark.source = 'list')"
    " FROM {rows} AS mark JOIN households_household AS home ON home.id = mark.household_id"
    " WHERE home.left_on IS NULL AND mark.until IS NULL"
    " GROUP BY home.ward, home.rw, home.rt ORDER BY home.ward, home.rw, home.rt"
)


def _function(name: str, body: str) -> str:
    return (
        f"CREATE FUNCTION households_{name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {body} RETURN NULL; END $$"
    )


def _pg(table: str, new: str, away: str, comes: str, columns: str) -> list[str]:
    made, changed, gone = NAMES[table]
    return [
        _function(made, f"{new};"),
        _function(changed, f"{away}; IF TG_OP = 'UPDATE' THEN {comes}; END IF;"),
        f"CREATE TRIGGER households_{made} AFTER INSERT ON {table} REFERENCING NEW TABLE AS made"
        f" FOR EACH STATEMENT EXECUTE FUNCTION households_{made}()",
        f"CREATE TRIGGER households_{changed} AFTER {columns} ON {table}"
        f" FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)"
        f" EXECUTE FUNCTION households_{changed}()",
        f"CREATE TRIGGER households_{gone} AFTER DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION households_{changed}()",
    ]


def _plain(sql: str) -> str:
    """PostgreSQL has no numbers for true and false."""
    for row in ("OLD", "NEW"):
        for source in ("census", "list"):
            sql = sql.replace(f"({row}.source = '{source}')", f"({row}.source = '{source}')::int")
    return sql


BYTES = [  # words are walked along in the order of their letters' numbers, as SQLite does
    f'ALTER TABLE households_nameword ALTER COLUMN {name} TYPE varchar({length}) COLLATE "C"'
    for name, length in (("ward", 20), ("word", 120), ("name_key", 120), ("person_id", 40))
]
PG_PERSON_CHANGED = PG_INDEX.format(rows="(SELECT NEW.ward, NEW.name_key, NEW.id, NEW.status)")
POSTGRES = [
    *BYTES,
    *_pg(PERSON, PG_INDEX.format(rows="made"), UNINDEX, PG_PERSON_CHANGED, RENAMED),
    *_pg(HOME, PG_HOMES.format(rows="made") + ADD, _home("OLD", "-"), _home("NEW", "+"), CHANGED),
    *_pg(
        MARK,
        PG_MARKS.format(rows="made") + ADD,
        _plain(_mark("OLD", "-")),
        _plain(_mark("NEW", "+")),
        ENDED,
    ),
]
POSTGRES = [text.replace(UNINDEX, PG_UNINDEX) for text in POSTGRES]

# --- what stands already ---------------------------------------------------------------------------

WORDS_NOW = {
    "sqlite": _index("person").replace(
        "FROM json_each", "FROM households_person AS person, json_each"
    ),
    "postgresql": PG_INDEX.format(rows="households_person"),
}
HOMES_NOW = PG_HOMES.format(rows="households_household") + ADD
MARKS_NOW = PG_MARKS.format(rows="households_poormark") + ADD


class Migration(migrations.Migration):
    dependencies = [("households", "0004_taken_back_and_sent_once")]

    operations = [
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "ward", "rw", "rt", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("ward", models.CharField(max_length=20)),
                ("rw", models.CharField(max_length=3)),
                ("rt", models.CharField(max_length=3)),
                ("households", models.IntegerField()),
                ("people", models.IntegerField()),
                ("women", models.IntegerField()),
                ("poor_by_census", models.IntegerField()),
                ("poor_by_list", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "ward", "word", "name_key", "person_id",
                        blank=True, editable=False, primary_key=True, serialize=False,
                    ),
                ),
                ("ward", models.CharField(max_length=20)),
                ("word", models.CharField(max_length=120)),
                ("name_key", models.CharField(max_length=120)),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="households.person",
                    ),
                ),
            ],
        ),
        vendor_sql(
            {"sqlite": SQLITE, "postgresql": POSTGRES},
            {
                "sqlite": [f"DROP TRIGGER households_{one}" for names in NAMES.values() for one in names],
                "postgresql": [
                    f"DROP TRIGGER households_{one} ON {table}"
                    for table, names in NAMES.items()
                    for one in names
                ]
                + [
                    f"DROP FUNCTION households_{one}()"
                    for names in NAMES.values()
                    for one in names[:2]
                ],
            },
        ),
        fill(WORDS_NOW),
        fill(HOMES_NOW),
        fill(MARKS_NOW),
    ]  # fmt: skip
