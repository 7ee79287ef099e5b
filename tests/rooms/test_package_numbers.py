"""Numbers of persons in a package: ciphertext under a passphrase, or not there; the same bytes, there and back."""

import os
import subprocess
import sys

import pytest

from pendamping.cli import site
from pendamping.cli.main import main
from pendamping.exchange.actions import take_in
from pendamping.exchange.packing import export, files_of
from pendamping.exchange.reading import read
from pendamping.exchange.rules import numbers
from pendamping.households.models import Person
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.trail import queries as trail
from tests.rooms.test_package_export import LATER, lived

pytestmark = pytest.mark.django_db
__all__ = ["lived"]
PASSPHRASE = "empat kata yang panjang"
THERE_AND_BACK = """
import sys
from pendamping.cli.main import main
from pendamping.kernel import clock
from datetime import date
came, went, secret = sys.argv[1:]
with clock.at(date(2005, 4, 1)):
    for line in (["package", "import", came, "--passphrase-file", secret], ["books", "check"],
                 ["package", "export", "32.71.01.1003", went, "--passphrase-file", secret]):
        assert main(line) == 0, line
"""


@pytest.fixture
def numbered(fund, lived):
    """The ward, and the numbers that its first three residents got."""
    from pendamping.households import secrecy
    from pendamping.trail.writing import migrating

    found = {}
    with migrating():
        for at, one in enumerate(Person.objects.filter(ward=fund.ward).order_by("id")[:3]):
            found[one.id] = f"327101450580{at:04}"
            one.nik_cipher, one.nik_hash, one.nik_last4 = secrecy.seal(found[one.id])
            one.save()
    return fund.ward, found


def refused(package, passphrase, by):
    with pytest.raises(Refusal) as found:
        take_in(by=by, package=package, passphrase=passphrase)
    return [reason.clause for reason in found.value.reasons]


def test_no_number_stands_in_any_file_and_the_passphrase_opens_each(numbered):
    ward, known = numbered
    with clock.at(LATER):
        files = files_of(ward, PASSPHRASE)
        assert files == files_of(ward, PASSPHRASE)
        plain = files_of(ward)
    for content in (*files.values(), *plain.values()):
        assert not [digits for digits in known.values() if digits.encode() in content]
    assert files["data/persons.csv"].count(b"s1.") == len(known)
    assert b"s1." not in plain["data/persons.csv"]


def test_a_package_with_numbers_goes_there_and_back_as_the_same_bytes(numbered, tmp_path, cast):
    ward, known = numbered
    path, back, secret = (tmp_path / name for name in ("ward.zip", "back.zip", "secret.txt"))
    secret.write_text(PASSPHRASE + "\n")
    with clock.at(LATER):
        export(ward, path, PASSPHRASE)
    cells = {row["id"]: row["nik"] for row in read(path).rows["persons"] if row["nik"]}
    assert numbers.all_opened(PASSPHRASE, ward, cells) == known
    env = {**os.environ, "PENDAMPING_HOME": str(tmp_path / "home")}
    env.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", THERE_AND_BACK, path, back, secret],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert back.read_bytes() == path.read_bytes()


def test_a_wrong_passphrase_a_moved_cell_and_a_short_one_are_refused(numbered):
    ward, known = numbered
    first, second, _third = known
    cell = numbers.sealed(PASSPHRASE, ward, first, known[first])
    for passphrase, person, sent in (
        ("lima kata yang panjang", first, cell),
        (PASSPHRASE, second, cell),
        (PASSPHRASE, first, cell[:-6] + "AAAAAA"),
        (PASSPHRASE, first, "s1.x"),
        (PASSPHRASE, first, known[first]),
    ):
        with pytest.raises(Refusal) as found:
            numbers.opened(passphrase, ward, person, sent)
        [reason] = found.value.reasons
        assert (reason.clause, reason.where["file"]) == ("package.passphrase", "data/persons.csv")
    with pytest.raises(Refusal):
        files_of(ward, "pendek")


def test_who_let_numbers_out_stands_in_the_servers_chain(numbered, tmp_path, monkeypatch, capsys):
    ward, _known = numbered
    monkeypatch.setattr(site, "start", lambda: None)
    secret = tmp_path / "secret.txt"
    secret.write_text(PASSPHRASE)
    line = ["package", "export", ward, str(tmp_path / "ward.zip"), "--passphrase-file", str(secret)]
    before = trail.short_seal(ward)
    with clock.at(LATER):
        assert main([*line, "--as", "cadre"]) == 1
        assert main(line) == 0
    event = trail.last("exchange.note_numbers", "")
    assert (event.record, trail.short_seal(ward)) == (f"ward:{ward}", before)
    assert PASSPHRASE not in event.data + capsys.readouterr().out
