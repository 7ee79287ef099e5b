"""The double entry behind all money: whole rupiah, append-only, balanced by the database."""
