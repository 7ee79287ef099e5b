"""A census file that nobody stores is taken off the disk when its term is over, and the trail says so."""

import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from pendamping.access import queries as access
from pendamping.households import actions, background, queries, staging
from pendamping.households.models import CensusUpload
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.trail.models import Event
from pendamping.web import worker
from tests.cast import make_cast
from tests.census_files.small import as_csv

pytestmark = pytest.mark.django_db
DAY = date(2004, 1, 10)
LAST = DAY + timedelta(days=30)


def stage(cast, on=DAY):
    with clock.at(on):
        return actions.stage_upload(
            by=cast.cadre, ward=cast.ward, filename="sensus.csv", content=as_csv()
        )


def status(upload):
    return CensusUpload.objects.get(pk=upload.id).status


def sweep(on, commit):
    with clock.at(on), commit(execute=True):
        return background.sweep()


def test_a_file_is_kept_through_its_last_day_and_gone_on_the_next(
    cast, django_capture_on_commit_callbacks
):
    upload = stage(cast)
    place = staging.folder(upload.id)
    assert queries.kept_until(upload) == LAST
    assert sweep(LAST, django_capture_on_commit_callbacks) == 0
    assert (status(upload), place.is_dir()) == ("staged", True)
    assert sweep(LAST + timedelta(days=1), django_capture_on_commit_callbacks) == 1
    assert (status(upload), place.exists()) == ("expired", False)


def test_the_trail_says_how_much_was_removed_and_names_nobody(
    cast, django_capture_on_commit_callbacks
):
    upload = stage(cast)
    sweep(LAST + timedelta(days=1), django_capture_on_commit_callbacks)
    event = Event.objects.get(verb="households.expire_upload")
    assert (event.ward, event.record) == (cast.ward, f"census_upload:{upload.id}")
    for said in ('"households": 3', '"persons": 6', '"days": 30'):
        assert said.replace(" ", "") in str(event.data).replace("'", '"').replace(" ", "")
    assert "Contoh" not in str(event.data)


def test_what_is_stored_or_discarded_is_not_touched(cast, django_capture_on_commit_callbacks):
    stored, thrown = stage(cast), stage(cast)
    with clock.at(DAY):
        actions.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=stored.id)
        actions.discard_upload(by=cast.cadre, ward=cast.ward, upload_id=thrown.id)
    sweep(LAST + timedelta(days=90), django_capture_on_commit_callbacks)
    assert (status(stored), status(thrown)) == ("confirmed", "discarded")
    assert not Event.objects.filter(verb="households.expire_upload").exists()


def test_a_file_given_up_expires_too(cast, django_capture_on_commit_callbacks):
    with clock.at(DAY):
        upload = actions.receive_upload(
            by=cast.cadre, ward=cast.ward, filename="x.csv", content=b"no census"
        )
        background.work_off()
    assert status(upload) == "failed"
    assert sweep(LAST + timedelta(days=1), django_capture_on_commit_callbacks) == 1
    assert status(upload) == "expired"


def test_a_practice_ward_whose_date_stands_still_keeps_nothing_for_ever(
    db, django_capture_on_commit_callbacks
):
    cast = make_cast(practice_today=DAY)
    upload = stage(cast)
    content = staging.folder(upload.id) / "content"
    old = (clock.wall() - timedelta(days=40)).timestamp()
    assert sweep(DAY, django_capture_on_commit_callbacks) == 0
    os.utime(content, (old, old))
    assert sweep(DAY, django_capture_on_commit_callbacks) == 1
    assert status(upload) == "expired"


def test_nobody_removes_a_file_before_its_term(cast):
    upload = stage(cast)
    with clock.at(LAST), pytest.raises(Refusal) as refused:
        actions.expire_upload(by=access.system(), ward=cast.ward, upload_id=upload.id)
    assert [each.clause for each in refused.value.reasons] == ["households.upload.kept"]
    assert status(upload) == "staged"


def test_folders_that_killed_uploads_left_are_removed_after_a_day(
    cast, django_capture_on_commit_callbacks
):
    upload = stage(cast)
    staging.keep("left-behind", b"names of people")
    staging.keep("just-now", b"names of people")
    old = (clock.wall() - timedelta(days=2)).timestamp()
    for name in ("left-behind", upload.id):
        os.utime(staging.folder(name), (old, old))
    before = Event.objects.filter(verb="households.forget_leftovers").count()
    sweep(DAY, django_capture_on_commit_callbacks)
    assert not staging.folder("left-behind").exists()
    assert staging.folder("just-now").exists()  # its upload may be in the middle of being received
    assert staging.folder(upload.id).exists()
    staging.forget("just-now")
    assert Event.objects.filter(verb="households.forget_leftovers").count() == before + 1
    sweep(DAY, django_capture_on_commit_callbacks)
    assert Event.objects.filter(verb="households.forget_leftovers").count() == before + 1


def test_the_pages_say_until_when_a_file_is_kept_and_what_became_of_it(
    cast, client, django_capture_on_commit_callbacks
):
    upload = stage(cast)
    client.force_login(cast.cadre)
    place = {"ward": cast.ward}
    with clock.at(DAY):
        listed = client.get(reverse("households:upload", kwargs=place)).content.decode()
        assert "30 hari" in listed
        assert "9 Feb 2004" in listed
        shown = client.get(reverse("households:findings", kwargs={**place, "upload": upload.id}))
        assert "9 Februari 2004" in shown.content.decode()
    sweep(LAST + timedelta(days=1), django_capture_on_commit_callbacks)
    with clock.at(LAST + timedelta(days=1)):
        shown = client.get(reverse("households:findings", kwargs={**place, "upload": upload.id}))
        assert "Berkas sudah tidak ada di server" in shown.content.decode()
        with pytest.raises(Refusal):
            actions.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)


def test_the_worker_sweeps_every_hour():
    job = next(job for job in worker.jobs(worker.Hand()) if job.name == "sweep")
    assert (job.every_seconds, job.work) == (3600, worker.sweep)


def test_uploads_are_spooled_in_the_servers_own_folder_and_killed_ones_are_tidied_away():
    place = Path(settings.FILE_UPLOAD_TEMP_DIR)
    assert place.is_relative_to(settings.PENDAMPING_HOME)
    left, fresh, folder = place / "a.upload", place / "b.upload", place / "openpyxl"
    left.write_bytes(b"names")
    fresh.write_bytes(b"names")
    folder.mkdir()
    old = (datetime.now(clock.JAKARTA) - timedelta(days=3)).timestamp()
    for each in (left, folder):
        os.utime(each, (old, old))
    worker.tidy()
    assert [each.exists() for each in (left, folder, fresh)] == [False, False, True]
    fresh.unlink()
