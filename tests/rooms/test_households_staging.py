"""A staged file holds the numbers of everybody: on the disk none of them can be read."""

import stat

import pytest

from pendamping.households import actions, staging
from tests.census_files.small import RIGHT, as_csv, changed

pytestmark = pytest.mark.django_db
NIK = next(row[6] for row in RIGHT if row[6].startswith("3271"))


def stage(cast, content):
    return actions.stage_upload(by=cast.cadre, ward=cast.ward, filename="x.csv", content=content)


def test_neither_content_nor_findings_show_a_number_to_who_reads_the_disk(cast):
    content = as_csv(changed(0, nik=f"{NIK[:15]}x"))
    assert NIK[:15].encode() in content
    upload = stage(cast, content)
    kept = [each for each in staging.folder(upload.id).iterdir() if each.is_file()]
    assert {each.name for each in kept} >= {"content", "findings.json"}
    for each in kept:
        assert NIK[:15].encode() not in each.read_bytes(), each.name
        assert stat.S_IMODE(each.stat().st_mode) == 0o600, each.name
    assert staging.content(upload.id) == content


def test_a_file_kept_before_files_were_sealed_can_still_be_confirmed(cast):
    upload = stage(cast, as_csv())
    (staging.folder(upload.id) / "content").write_bytes(as_csv())
    stored = actions.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
    assert (stored.status, stored.members) == ("confirmed", 6)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("3271010101700001", "3271…0001"),
        ("3271.0101.0170.0001", "3271…0001"),
        ("NIK 327101 010170 000 is short", "NIK 3271…0000 is short"),
        ("123456789", "123456789"),
        ("2004-01-10 00:00:00", "2004-01-10 00:00:00"),
    ],
)
def test_the_middle_of_a_long_number_is_left_out(told, shown):
    assert staging.masked(told) == shown
