"""The close of a loan book from files: no database, DuckDB or Spark, one query."""
