"""The few words in which DuckDB and Spark differ; all else of the query is one text.

Amounts stay 64-bit integers on both: whole division is told apart from division, and sums are
brought back to 64 bits at once (``reading`` refuses what would not fit).
"""

from collections.abc import Mapping


class DuckDb:
    """How DuckDB says it."""

    name = "duckdb"
    fence = " OFFSET 0"
    """Keeps the planner from copying what a SELECT counted into whatever reads it."""

    def div(self, whole: str, by: str) -> str:
        """Whole division of numbers that are not negative."""
        return f"(({whole}) // ({by}))"

    def mod(self, whole: str, by: str) -> str:
        """What whole division leaves."""
        return f"(({whole}) % ({by}))"

    def int64(self, what: str) -> str:
        """A sum as a 64-bit integer."""
        return f"CAST({what} AS BIGINT)"

    def wide(self, what: str) -> str:
        """A sum that may pass 64 bits, of 64-bit integers."""
        return f"sum({what})"

    def text(self, what: str) -> str:
        """Anything as text."""
        return f"CAST({what} AS VARCHAR)"

    def matches(self, what: str, pattern: str) -> str:
        """Whether a whole text follows a pattern (classes and counts alone)."""
        return f"regexp_full_match({what}, '{pattern}')"

    def before_point(self, what: str) -> str:
        """The text of a number before its point, as a number or null."""
        return f"TRY_CAST(split_part({what}, '.', 1) AS BIGINT)"

    def add_months(self, day: str, months: str) -> str:
        """The same day so many months later, or the last of a shorter month."""
        return f"CAST({day} + to_months(CAST({months} AS INTEGER)) AS DATE)"

    def add_days(self, day: str, days: str) -> str:
        """So many days later."""
        return f"({day} + CAST({days} AS INTEGER))"

    def days_between(self, earlier: str, later: str) -> str:
        """Days from one to the other."""
        return f"({later} - {earlier})"

    def in_order(self, fields: Mapping[str, str]) -> str:
        """A group's rows as one list, in the order of their first field, then the next ones."""
        inside = ", ".join(f"{name} := {what}" for name, what in fields.items())
        return f"list_sort(list(struct_pack({inside})))"

    def fold(self, rows: str, start: Mapping[str, str], step: Mapping[str, str]) -> str:
        """Go through a list: ``step`` speaks of what was carried as ``c.`` and of the row as ``r.``."""
        first = ", ".join(f"{name} := {what}" for name, what in start.items())
        then = ", ".join(f"{name} := {what}" for name, what in step.items())
        return f"list_reduce({rows}, lambda c, r: struct_pack({then}), struct_pack({first}))"


class Spark(DuckDb):
    """How Spark says it."""

    name = "spark"
    fence = ""

    def div(self, whole: str, by: str) -> str:
        """Whole division of numbers that are not negative."""
        return f"(({whole}) DIV ({by}))"

    def wide(self, what: str) -> str:
        """A sum that may pass 64 bits, of 64-bit integers."""
        return f"sum(CAST({what} AS DECIMAL(38, 0)))"

    def text(self, what: str) -> str:
        """Anything as text."""
        return f"CAST({what} AS STRING)"

    def matches(self, what: str, pattern: str) -> str:
        """Whether a whole text follows a pattern (classes and counts alone)."""
        return f"({what} RLIKE '^(?:{pattern})$')"

    def before_point(self, what: str) -> str:
        """The text of a number before its point, as a number or null."""
        return f"TRY_CAST(substring_index({what}, '.', 1) AS BIGINT)"

    def add_months(self, day: str, months: str) -> str:
        """The same day so many months later, or the last of a shorter month."""
        return f"add_months({day}, CAST({months} AS INT))"

    def add_days(self, day: str, days: str) -> str:
        """So many days later."""
        return f"date_add({day}, CAST({days} AS INT))"

    def days_between(self, earlier: str, later: str) -> str:
        """Days from one to the other."""
        return f"CAST(datediff({later}, {earlier}) AS BIGINT)"

    def in_order(self, fields: Mapping[str, str]) -> str:
        """A group's rows as one list, in the order of their first field, then the next ones."""
        inside = ", ".join(f"'{name}', {what}" for name, what in fields.items())
        return f"array_sort(collect_list(named_struct({inside})))"

    def fold(self, rows: str, start: Mapping[str, str], step: Mapping[str, str]) -> str:
        """Go through a list: ``step`` speaks of what was carried as ``c.`` and of the row as ``r.``."""
        first = ", ".join(f"'{name}', {what}" for name, what in start.items())
        then = ", ".join(f"'{name}', {what}" for name, what in step.items())
        return f"aggregate({rows}, named_struct({first}), (c, r) -> named_struct({then}))"
