# ruff: noqa: SIM905 -- lists of names read better as lines than as forty quoted words
"""A census of any size, made up: as a ward is built, with names as common and as rare as they are.

RTs of sixty households, ten RTs to an RW; a household has four people on average, heads first. Three
of four have a NIK that agrees with birth and sex; some are entered twice with a slip.

    python -m tests.census_files.large PERSONS OUT.csv|OUT.xlsx [SEED]
"""

import csv
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.census_files.small import HEADINGS, word

MEN = (
    "Muhammad Ahmad Abdul Agus Asep Budi Dedi Eko Hendra Iwan Joko Rudi Slamet Sutrisno Wahyu Yusuf "
    "Bakri Cecep Darso Emod Gofur Hadori Idris Jamin Karta Lukman Misra Nasir Otong Parta Rojali Sarip"
).split()
WOMEN = (
    "Siti Nur Sri Dewi Ani Ratna Rina Sumiati Titin Wati Yani Aminah Acih Budiah Cicih Darsih Encum "
    "Fatonah Gayatri Hapsah Iyoh Juju Karsih Lastri Mariam Neneng Oneng Popon Rohaeti Saodah Tuti Unah"
).split()
SCHOOLS = ("Tidak sekolah", "SD", "SD", "SD", "SMP", "SMP", "SMA", "SMA", "Diploma", "Sarjana")
WORK = ("pedagang", "buruh", "karyawan", "tukang", "sopir", "guru", "tidak bekerja", "")
HOUSEHOLDS_OF_AN_RT, RTS_OF_AN_RW = 60, 10
COUNTED_IN = 2004
Person = tuple[str, str, date, str]  # name, sex, born, relation


def rows(persons: int, seed: int = 1) -> Iterator[list[str]]:
    """One row for each person, in the order of the template's columns."""
    chance = random.Random(seed)
    made, number = 0, 0
    before: list[Person] = []
    while made < persons:
        number += 1
        family = _family(chance)
        if before and chance.random() < 0.02:  # somebody was written down next door, too
            name, sex, born, _ = before[-1]
            family.append((f"{name[:-2]}{name[-1]}", sex, born, "Famili lain"))
        family = family[: persons - made]
        made += len(family)
        yield from _household(chance, number, family)
        before = family


def _household(chance: random.Random, number: int, family: list[Person]) -> Iterator[list[str]]:
    rt = (number - 1) // HOUSEHOLDS_OF_AN_RT
    rw, rt_of_rw = rt // RTS_OF_AN_RW + 1, rt % RTS_OF_AN_RW + 1
    house = (number - 1) % HOUSEHOLDS_OF_AN_RT + 1
    shared = [
        str(number), f"327101{number:08d}05", f"{rw:02d}", f"{rt_of_rw:02d}", f"Gang {word(rt)} No. {house}",
    ]  # fmt: skip
    poor = "ya" if chance.random() < 0.18 else "tidak"
    for name, sex, born, relation in family:
        nik = _nik(chance, sex, born, number) if chance.random() < 0.75 else ""
        yield [
            *shared, name, nik, sex, born.strftime("%d/%m/%Y"), "", relation, chance.choice(WORK),
            chance.choice(SCHOOLS), poor,
        ]  # fmt: skip


def _family(chance: random.Random) -> list[Person]:
    age = chance.randint(24, 74)
    family = [_person(chance, "L" if chance.random() < 0.85 else "P", age, "Kepala keluarga")]
    if chance.random() < 0.85:
        other = "P" if family[0][1] == "L" else "L"
        family.append(
            _person(chance, other, max(19, age - 3), "Istri" if other == "P" else "Suami")
        )
    for _ in range(chance.choice((0, 1, 1, 2, 2, 2, 3, 3, 4, 5))):
        family.append(_person(chance, chance.choice("LP"), chance.randint(0, age - 19), "Anak"))
    return family


def _person(chance: random.Random, sex: str, age: int, relation: str) -> Person:
    names = MEN if sex == "L" else WOMEN
    first = names[min(int(chance.expovariate(0.12)), len(names) - 1)]  # a few are very common
    second = word(20 + int(40_000 ** chance.random()))  # and many are rare
    third = f" {word(chance.randrange(2_000))}" if chance.random() < 0.3 else ""
    born = date(COUNTED_IN - age - 1, 1, 1) + timedelta(days=chance.randrange(365))
    return f"{first} {second}{third}", sex, born, relation


def _nik(chance: random.Random, sex: str, born: date, number: int) -> str:
    """As a NIK is made; the district goes by the household, so that a million of them stay apart."""
    district = f"{chance.choice((32, 33, 35, 36))}{number % 64 + 1:02d}{number // 64 % 64 + 1:02d}"
    day = born.day + (40 if sex == "P" else 0)
    return f"{district}{day:02d}{born:%m%y}{chance.randint(1, 9999):04d}"


def write_csv(path: Path, persons: int, seed: int = 1) -> None:
    """The census as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(rows(persons, seed))


def write_xlsx(path: Path, persons: int, seed: int = 1) -> None:
    """The census as a workbook with one sheet."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Anggota")
    sheet.append(HEADINGS)
    for row in rows(persons, seed):
        sheet.append(row)
    book.save(path)


if __name__ == "__main__":
    how_many, out, *rest = sys.argv[1:]
    write = write_xlsx if out.endswith(".xlsx") else write_csv
    write(Path(out), int(how_many), int(rest[0]) if rest else 1)
