"""A census file from real households: one neighbourhood of the Alatas study, with invented names.

Household size, age and sex of the head, schooling and consumption are the study's (handbook of the
data: ``alatas-targeting-indonesia``); names and birthdays are made up. Nothing of it is kept.

    python -m tests.census_files.from_alatas ALATAS.csv EA OUT.xlsx
"""

import csv
import io
import random
import sys
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from pendamping.households.workbooks import COLUMNS, template

MEN = (
    "Adun",
    "Bakri",
    "Cecep",
    "Darso",
    "Emod",
    "Gofur",
    "Hadori",
    "Idris",
    "Jamin",
    "Karta",
    "Lukman",
    "Misra",
    "Nasir",
    "Otong",
)
WOMEN = (
    "Acih",
    "Budiah",
    "Cicih",
    "Darsih",
    "Encum",
    "Fatonah",
    "Gayatri",
    "Hapsah",
    "Iyoh",
    "Juju",
    "Karsih",
    "Lastri",
)
LAST = (
    "Wirya",
    "Sanjaya",
    "Kartasasmita",
    "Natadireja",
    "Suparta",
    "Winata",
    "Atmaja",
    "Kusumah",
    "Hambali",
    "Juarsa",
)
STUDY_YEAR = 2008


def neighbourhood(source: Path, ea: str) -> list[dict[str, str]]:
    """The study's households of one enumeration area."""
    with source.open(newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["ea"] == ea]


def rows(households: list[dict[str, str]]) -> list[list[str]]:
    """One row for each person, in the order of the template's columns."""
    chance = random.Random("alatas")
    poorest = sorted(float(each["consumption"]) for each in households)
    line = poorest[len(poorest) // 5]
    found = []
    for position, each in enumerate(households, start=1):
        poor = "ya" if float(each["consumption"]) <= line else "tidak"
        shared = [
            str(position),
            "",
            f"{int(each['village']) % 9 + 1:02d}",
            "01",
            f"Gang {position}",
        ]
        for person in _members(chance, each):
            found.append([*shared, *person, poor])
            poor = ""
    return found


def _members(chance: random.Random, each: dict[str, str]) -> list[list[str]]:
    size, age = round(float(each["hhsize"])), round(float(each["hhage"]))
    man = each["hhmale"] == "1"
    people = [_person(chance, man, age, "Kepala keluarga", _school(each))]
    if size > 1 and each["hhmarried"] == "1":
        people.append(_person(chance, not man, max(age - 3, 18), "Istri" if man else "Suami", ""))
    for _ in range(size - len(people)):
        people.append(_person(chance, chance.random() < 0.5, chance.randint(0, 25), "Anak", ""))
    return people


def _person(chance: random.Random, man: bool, age: int, relation: str, school: str) -> list[str]:
    name = f"{chance.choice(MEN if man else WOMEN)} {chance.choice(LAST)}"
    born = date(STUDY_YEAR - age - 1, chance.randint(1, 12), chance.randint(1, 28))
    sex = "L" if man else "P"
    return [name, "", sex, born.strftime("%d/%m/%Y"), "", relation, "", school]


def _school(each: dict[str, str]) -> str:
    for column, name in (("hheduc4", "SMA"), ("hheduc3", "SMP"), ("hheduc2", "SD")):
        if each[column] == "1":
            return name
    return "Tidak sekolah"


def workbook(people: list[list[str]]) -> bytes:
    """The rows typed into the template that people download."""
    book = load_workbook(io.BytesIO(template()))
    sheet = book.worksheets[0]
    for number, row in enumerate(people, start=2):
        for position, value in enumerate(row, start=1):
            if value:
                sheet.cell(number, position).value = value
    assert len(people[0]) == len(COLUMNS)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


if __name__ == "__main__":
    folder, area, out = sys.argv[1:]
    Path(out).write_bytes(workbook(rows(neighbourhood(Path(folder), area))))
