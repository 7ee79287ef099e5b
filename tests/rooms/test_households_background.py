"""Large files are checked and stored by the background worker: once, whole, and never in silence."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse

from pendamping.access import actions as access
from pendamping.households import actions, background, checking, staging
from pendamping.households.models import CensusUpload, Household, Person
from pendamping.households.views import census as views
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.trail.models import Event
from pendamping.web import worker
from tests.cast import make_cast
from tests.census_files import large
from tests.census_files.small import as_csv, changed, many
from tests.journeys.site import ROOT, database

TODAY = date(2004, 1, 10)
IMPORT = ("census", "import")


@pytest.fixture
def january():
    with clock.at(TODAY):
        yield


@pytest.fixture
def waiting(cast, january):
    """A function that lets a file wait for the worker."""

    def receive(content=None, by=None):
        return actions.receive_upload(
            by=by or cast.cadre,
            ward=cast.ward,
            filename="sensus.csv",
            content=many(40) if content is None else content,
        )

    return receive


@pytest.fixture
def page(cast, client, january):
    """The page of an upload as the cadre sees it."""
    client.force_login(cast.cadre)

    def show(upload, **headers):
        place = {"ward": cast.ward, "upload": upload.id}
        return client.get(reverse("households:findings", kwargs=place), headers=headers)

    return show


def now(upload):
    return CensusUpload.objects.get(pk=upload.id)


def test_a_large_upload_waits_is_checked_looked_at_and_stored(cast, client, page, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE_BYTES", 1000)
    monkeypatch.setattr(views, "AT_ONCE_ROWS", 20)
    place = {"ward": cast.ward}
    file = SimpleUploadedFile("sensus.csv", many(40))
    told = {"file": file, "on": "2004-01-10"}
    client.post(reverse("households:upload", kwargs=place), told)
    upload = CensusUpload.objects.get()
    assert (upload.status, upload.rows) == ("waiting", 0)
    shown = page(upload)
    assert b'http-equiv="refresh"' in shown.content  # goes on without script
    assert b'hx-trigger="every 2s"' in shown.content
    assert b"<html" not in page(upload, hx_request="true").content
    assert background.work_off() == 1
    assert page(upload, hx_request="true").headers["HX-Refresh"] == "true"
    assert (now(upload).status, now(upload).members) == ("staged", 120)
    assert not Household.objects.exists()
    client.post(reverse("households:confirm", kwargs={**place, "upload": upload.id}))
    assert now(upload).status == "storing"
    assert b"hx-get" in page(upload).content
    assert not Household.objects.exists()
    assert background.work_off() == 1
    assert now(upload).status == "confirmed"
    assert Household.objects.count() == 40
    assert background.work_off() == 0


def test_the_page_says_how_far_the_work_is(waiting, page):
    upload = waiting()
    staging.note_progress(upload.id, "check", 45_000, 0)
    assert b"45.000" in page(upload).content
    staging.note_progress(upload.id, "store", 300, 1000)
    assert b'<progress value="300" max="1000"' in page(upload).content


def test_a_file_that_waits_for_long_says_whom_to_ask(cast, waiting, page):
    """By the real clock: a practice ward's date stands years back, and a file may be looked at for days."""
    upload = waiting()
    assert b"administrator" not in page(upload).content
    old = time.time() - 90
    os.utime(staging.folder(upload.id) / "content", (old, old))
    assert b"administrator" in page(upload).content
    background.work_off()
    actions.ask_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
    assert b"administrator" not in page(upload).content  # it waits to be stored since now
    os.utime(staging.folder(upload.id) / "asked", (old, old))
    assert b"administrator" in page(upload).content


def test_a_file_that_was_not_the_fault_of_its_reader_is_not_called_unreadable(waiting, page):
    stopped = waiting()
    for _ in range(background.MOST_TRIES):
        staging.begin(stopped.id)  # and the process was killed
    broken = waiting(b"no census at all")
    background.work_off()
    assert "Server terhenti saat membaca berkas ini" in page(stopped).content.decode()
    assert "tidak dapat dibaca sebagai sensus" not in page(stopped).content.decode()
    assert "tidak dapat dibaca sebagai sensus" in page(broken).content.decode()


@pytest.mark.usefixtures("january")
def test_two_workers_never_take_the_same_file(waiting):
    upload = waiting()
    with staging.turn(upload.id) as ours:
        assert ours
        assert background.work_off() == 0
        assert now(upload).status == "waiting"
    assert background.work_off() == 1
    assert now(upload).status == "staged"


def test_a_file_that_is_no_census_says_so_on_its_page(waiting, page):
    upload = waiting(b"just some words\nwithout any heading\n")
    background.work_off()
    assert now(upload).status == "failed"
    shown = page(upload).content.decode()
    assert "Tidak ditemukan baris" in shown or "judul" in shown
    assert reverse("households:discard", kwargs={"ward": upload.ward, "upload": upload.id}) in shown


def test_wrong_cells_are_shown_as_ever_and_the_file_does_not_wait_to_be_stored(cast, waiting, page):
    upload = waiting(as_csv(changed(0, kelamin="X")))
    background.work_off()
    assert now(upload).errors == 1
    with pytest.raises(Refusal):
        actions.ask_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
    assert now(upload).status == "staged"
    assert "Jenis kelamin" in page(upload).content.decode()


def test_a_fault_of_the_program_is_shown_and_not_tried_for_ever(waiting, page, monkeypatch):
    def fault(*_place, tick):
        raise ZeroDivisionError

    monkeypatch.setattr(checking, "check", fault)
    upload = waiting()
    for _ in range(background.MOST_TRIES):
        with pytest.raises(ZeroDivisionError):  # ends the process; its parent starts another
            background.work_off()
        assert now(upload).status == "waiting"
    background.work_off()
    assert now(upload).status == "failed"
    assert "3 kali" in page(upload).content.decode()
    assert background.work_off() == 0


def test_a_file_that_stops_the_server_again_and_again_is_given_up(waiting, page):
    upload = waiting()
    for _ in range(background.MOST_TRIES):
        staging.begin(upload.id)  # and the process was killed
    background.work_off()
    assert now(upload).status == "failed"
    assert "3 kali" in page(upload).content.decode()


def test_a_database_that_is_busy_lets_the_next_process_try_again(waiting, monkeypatch):
    def busy(*_place, tick):
        raise OperationalError("database is locked")

    upload = waiting()
    monkeypatch.setattr(checking, "check", busy)
    with pytest.raises(OperationalError):
        background.work_off()
    assert now(upload).status == "waiting"
    monkeypatch.undo()
    assert background.work_off() == 1
    assert now(upload).status == "staged"


def test_what_became_wrong_in_the_meantime_is_not_stored_and_said(cast, waiting, page):
    upload = waiting(as_csv())
    background.work_off()
    actions.ask_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
    with_other_name = as_csv(changed(0, nama="Lain Orang"))
    census = checking.check(cast.ward, "x.csv", with_other_name, TODAY)
    actions.import_census(
        by=cast.system, ward=cast.ward, filename="x.csv", content=with_other_name, census=census
    )
    before = Person.objects.count()
    background.work_off()
    assert now(upload).status == "staged"
    assert Person.objects.count() == before
    assert "2 sel" in page(upload).content.decode()


def test_who_lost_the_role_in_the_meantime_stores_nothing(cast, waiting, page):
    upload = waiting(by=cast.facilitator)
    (held,) = cast.facilitator.assignments.all()
    access.end_role(by=cast.system, ward=cast.ward, assignment_id=held.id)
    background.work_off()
    assert now(upload).status == "failed"
    assert not Household.objects.exists()


def test_the_work_on_a_practice_ward_stands_at_its_date(db):
    cast = make_cast(practice_today=date(2005, 5, 12))
    with clock.at(date(2005, 5, 12)):
        actions.receive_upload(by=cast.cadre, ward=cast.ward, filename="x.csv", content=as_csv())
    background.work_off()
    (event,) = Event.objects.filter(verb="households.note_check")
    assert event.entered_at.astimezone(clock.JAKARTA).date() == date(2005, 5, 12)


def test_a_file_that_is_discarded_during_the_work_stays_discarded(cast, waiting, monkeypatch):
    upload = waiting()
    real = checking.check

    def discarded(*place, tick):
        actions.discard_upload(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
        return real(*place, tick=tick)

    monkeypatch.setattr(checking, "check", discarded)
    background.work_off()
    assert now(upload).status == "discarded"


def test_the_worker_starts_one_hand_at_a_time_and_only_for_work(cast, waiting, monkeypatch):
    started = []

    class Process:
        returncode = None

        def __init__(self, command):
            started.append(command)

        def poll(self):
            return self.returncode

    monkeypatch.setattr(worker.subprocess, "Popen", Process)
    hand = worker.Hand()
    hand.take_up()
    assert started == []
    upload = waiting()
    hand.take_up()
    hand.take_up()
    assert [command[-2:] for command in started] == [["worker", "--once"]]
    hand.process.returncode = -9  # killed: the file is taken up by the next one
    hand.take_up()
    assert len(started) == 2
    actions.discard_upload(by=cast.cadre, ward=upload.ward, upload_id=upload.id)
    hand.process.returncode = 0
    hand.take_up()
    assert len(started) == 2


class Server:
    """A server of its own whose processes may be killed."""

    def __init__(self, environment):
        self.environment = environment

    def start(self, *arguments):
        return subprocess.Popen(
            [sys.executable, "-m", "pendamping", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
        )

    def ask(self, code):
        """What a line of code prints in a fresh process on this server's database."""
        before = (
            "import django; django.setup(); from pendamping.households.models import *;"
            "from pendamping.households import actions, queries; from pendamping.access import "
            "queries as access; from pendamping.trail.models import Event; from pathlib import Path;"
        )
        done = subprocess.run(
            [sys.executable, "-c", before + code],
            cwd=ROOT,
            env={**self.environment, "DJANGO_SETTINGS_MODULE": "pendamping.web.settings"},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def stored(self):
        return self.ask(
            "print(Household.objects.count(), Person.objects.count(), Membership.objects.count(),"
            "PoorMark.objects.count(), CensusUpload.objects.filter(status='confirmed').count(),"
            "Event.objects.filter(verb__startswith='households.').exclude(verb__in=["
            "'households.receive_upload', 'households.note_check', 'households.ask_import']).count())"
        )


@pytest.fixture
def server(tmp_path):
    with database(tmp_path / "home") as environment:
        yield Server(environment)


@pytest.mark.prove
@pytest.mark.parametrize("share", [0.15, 0.35, 0.55, 0.75, 0.9])
def test_an_import_that_is_killed_leaves_nothing_and_goes_through_afterwards(
    server, tmp_path, share
):
    path = tmp_path / "sensus.csv"
    large.write_csv(path, 12_000)
    ward = "32.71.01.1003"
    assert server.start(*IMPORT, str(path), "--ward", "32.71.01.1001").wait() == 0
    began = time.monotonic()
    other = tmp_path / "other.csv"
    large.write_csv(other, 12_000, seed=2)
    assert server.start(*IMPORT, str(other), "--ward", "32.71.01.1002").wait() == 0
    usual = time.monotonic() - began
    before = server.stored()
    running = server.start(*IMPORT, str(path), "--ward", ward)
    time.sleep(usual * share)
    if running.poll() is None:
        running.send_signal(signal.SIGKILL)
        running.wait()
        left = server.stored()
        if left == before:
            assert server.start(*IMPORT, str(path), "--ward", ward).wait() == 0
        else:
            assert left.split()[0:3] != before.split()[0:3]  # it had just ended: all of it is there
    found = server.stored().split()
    assert int(found[1]) == int(before.split()[1]) + 12_000


@pytest.mark.prove
def test_a_worker_that_is_killed_while_it_stores_leaves_nothing_and_the_next_one_ends_it(
    server, tmp_path
):
    path = tmp_path / "sensus.csv"
    large.write_csv(path, 20_000)
    assert server.start(*IMPORT, str(path), "--ward", "32.71.01.1001").wait() == 0
    other = tmp_path / "other.csv"
    large.write_csv(other, 20_000, seed=2)
    received = server.ask(
        "print(actions.receive_upload(by=access.system(), ward='32.71.01.1001', filename='x.csv',"
        f"content=Path({str(other)!r}).read_bytes()).id)"
    )
    assert server.start("worker", "--once").wait() == 0
    state = f"print(CensusUpload.objects.get(pk='{received}').status)"
    assert server.ask(state) == "staged"
    before = server.stored()
    server.ask(
        f"actions.ask_import(by=access.system(), ward='32.71.01.1001', upload_id='{received}')"
    )
    progress = Path(server.environment["PENDAMPING_HOME"], "files", "census", received)
    running = server.start("worker", "--once")
    while '"store"' not in _read(progress / "progress.json"):
        assert running.poll() is None
        time.sleep(0.02)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    assert server.stored() == before
    assert server.ask(state) == "storing"
    assert server.start("worker", "--once").wait() == 0
    assert server.ask(state) == "confirmed"
    assert int(server.stored().split()[1]) == 2 * int(before.split()[1])


def _read(path):
    return path.read_text() if path.exists() else ""
