# ruff: noqa: SIM905 -- lists of names read better as lines than as forty quoted words
"""The made-up census of Empang: 3,448 households, 625 of them poor (handbook 0.1).

Every name is put together by chance; nobody has a NIK. The same seed gives the same ward.
"""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

HOUSEHOLDS = 3448
POOR = 625
COUNTED_ON = date(2003, 12, 15)
RWS = 12

_MEN = (
    "Ade Agus Ahmad Anwar Asep Bambang Budi Cecep Dadan Dedi Deni Eko Endang Engkos Fajar Gugun Hadi Hendra "
    "Herman Iwan Jajang Joko Kosasih Maman Mulyadi Nana Oman Pendi Rahmat Rudi Sandi Sopian Suhendi Tatang "
    "Toni Ujang Usep Wahyu Yayan Yusuf"
).split()
_WOMEN = (
    "Ai Aminah Ani Atikah Cucu Dedeh Dewi Eem Elis Enok Euis Fatimah Hasanah Ida Iis Imas Iyam Juariah "
    "Kokom Lilis Mariam Mimin Neneng Nia Nunung Nurhayati Oneng Popon Ratna Rina Rohaeti Sari Siti Sumiati "
    "Titin Tuti Wati Yani Yeti Yuyun"
).split()
_SECOND = (
    "Abdurahman Andriani Apandi Apriani Basuki Darmawan Firmansyah Gunawan Handayani Hidayat Ismail Juhana "
    "Komarudin Kurnia Kusnadi Lestari Mahmud Maryati Maulana Mulyana Nugraha Nuraini Permana Purnama "
    "Rahayu Ramdani Rohmah Rosadi Ruhiyat Rustandi Saepudin Safitri Saputra Setiawan Sobari Sopandi Sudrajat "
    "Suherman Sukmana Suryani Sutisna Supriatna Sulaeman Syarif Taryana Wahyuni Wibawa Wijaya Yuliani Zaenal"
).split()
_WORK = ["pedagang", "buruh", "karyawan", "tukang", "sopir", "pengrajin", "guru", "tidak bekerja"]
_POOR_WORK = ["buruh harian", "pedagang keliling", "tukang becak", "pemulung", "tidak bekerja"]

COLUMNS = [
    "nomor keluarga", "rw", "rt", "alamat", "nama", "jenis kelamin", "tanggal lahir", "hubungan", "pekerjaan", "miskin",
]  # fmt: skip


@dataclass(frozen=True)
class Place:
    """An RT, with how many households and how many poor ones live there."""

    rw: str
    rt: str
    households: int
    poor: int


def places(chance: random.Random) -> list[Place]:
    """Spread the households over RWs and RTs; poverty gathers in some RWs, as it does."""
    rts = [(rw, rt) for rw in range(1, RWS + 1) for rt in range(1, 4 + rw % 3 + 1)]
    size = [chance.uniform(0.7, 1.3) for _ in rts]
    need = [
        weight * (0.35 + 1.6 * ((rw * 5) % RWS) / RWS)
        for weight, (rw, _) in zip(size, rts, strict=True)
    ]
    households, poor = _share_out(HOUSEHOLDS, size), _share_out(POOR, need)
    return [
        Place(f"{rw:02d}", f"{rt:02d}", all_here, poor_here)
        for (rw, rt), all_here, poor_here in zip(rts, households, poor, strict=True)
    ]


def _share_out(total: int, weights: list[float]) -> list[int]:
    """Whole parts in proportion to the weights that sum to the total (largest remainders)."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(part) for part in exact]
    by_rest = sorted(range(len(parts)), key=lambda i: exact[i] - parts[i], reverse=True)
    for i in by_rest[: total - sum(parts)]:
        parts[i] += 1
    return parts


def rows(chance: random.Random, where: list[Place]) -> Iterator[list[str]]:
    """One row per person: households numbered through, the head first."""
    number = 0
    for place in where:
        poor_here = set(chance.sample(range(place.households), place.poor))
        for index in range(place.households):
            number += 1
            poor = index in poor_here
            for name, sex, born, relation, work in _family(chance, poor):
                yield [
                    f"{number:04d}", place.rw, place.rt, f"Gang {place.rt} No. {index + 1}", name, sex,
                    born.isoformat(), relation, work, "ya" if poor else "tidak",
                ]  # fmt: skip


Member = tuple[str, str, date, str, str]


def _family(chance: random.Random, poor: bool) -> list[Member]:
    """Head, perhaps a spouse, children, sometimes a grandparent."""
    work = _POOR_WORK if poor else _WORK
    alone = chance.random() < (0.22 if poor else 0.12)
    woman_heads = chance.random() < (0.75 if alone else 0.04)
    age = chance.randint(24, 74)
    family = [
        _member(chance, "P" if woman_heads else "L", age, "kepala keluarga", chance.choice(work))
    ]
    if not alone:
        partner = max(19, age + chance.randint(-7, 3))
        family.append(
            _member(
                chance,
                "L" if woman_heads else "P",
                partner,
                "istri" if not woman_heads else "suami",
                "mengurus rumah tangga",
            )
        )
    eldest = min(age - 19, 27)
    for _ in range(min(chance.choice([0, 1, 1, 2, 2, 2, 3, 3, 4, 5]) + poor, max(eldest, 0))):
        family.append(_member(chance, chance.choice("LP"), chance.randint(0, eldest), "anak", ""))
    if chance.random() < 0.1:
        family.append(
            _member(
                chance, chance.choice("LP"), min(age + chance.randint(20, 27), 95), "orang tua", ""
            )
        )
    return family


def _member(chance: random.Random, sex: str, age: int, relation: str, work: str) -> Member:
    first = chance.choice(_MEN if sex == "L" else _WOMEN)
    middle = f" {chance.choice(_SECOND)}" if chance.random() < 0.35 else ""
    born = COUNTED_ON - timedelta(days=age * 365 + age // 4 + chance.randint(0, 364))
    return f"{first}{middle} {chance.choice(_SECOND)}", sex, born, relation, work


def as_csv(seed: str) -> tuple[bytes, list[Place]]:
    """The census as the file that a ward would upload, and where people live."""
    chance = random.Random(seed)  # noqa: S311 -- repeatable on purpose, no secret
    where = places(chance)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(rows(chance, where))
    return text.getvalue().encode(), where
