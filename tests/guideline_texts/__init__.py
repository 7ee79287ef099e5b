"""Invented guidelines for tests: a whole one, an amendment, and ways to break them."""

from pathlib import Path

HERE = Path(__file__).resolve().parent


def lumbung() -> str:
    """The text of the invented programme Lumbung Rakyat."""
    return (HERE / "lumbung.toml").read_text("utf-8")


AMENDMENT = """
[guideline]
code = "lumbung"
kind = "whole"
version = "2.1"
amends = "2.0"
title = { id = "Perubahan", en = "Amendment" }
valid_from = 2004-01-01
currency = "IDR"
languages = ["id", "en"]
source_ref = "Invented for tests"
removed = ["vocabulary.facilitator"]

[groups.min_members]
value = 6
unit = "persons"
source = "Invented 10"
status = "sourced"
text = { id = "Paling sedikit {value}.", en = "At least {value}." }

[vocabulary.loan]
value = { name = { id = "Pinjaman", en = "Loan" } }
source = "Invented 10"
status = "sourced"
"""
