"""The backup file: nothing of it is used before all of it has been verified."""

import json
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.cli import archive
from pendamping.kernel.refusal import Refusal

FACTS = {"pendamping": "0", "made_at": "2005-05-13", "database": "sqlite", "migrations": ["a.0001"]}
CONTENT = {
    "database.sqlite3": b"a whole database" * 40,
    "secret": b"not told to anybody",
    "files/2005/minutes.pdf": bytes(range(256)),
    "files/empty": b"",
}


def make(folder, facts=FACTS):
    sources = {}
    for number, (name, content) in enumerate(CONTENT.items()):
        sources[name] = folder / f"source-{number}"
        sources[name].write_bytes(content)
    archive.write(folder / "backup.zip", sources, facts)
    return folder / "backup.zip"


@pytest.fixture(scope="module")
def good():
    with tempfile.TemporaryDirectory() as folder:
        yield make(Path(folder)).read_bytes()


def unpack(content):
    """The members that come out, or the clauses of the refusal."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "given.zip").write_bytes(content)
        try:
            archive.unpack(folder / "given.zip", folder / "new")
        except Refusal as refusal:
            assert not (folder.parent / "outside").exists()
            return {reason.clause for reason in refusal.reasons}
        found = (path for path in (folder / "new").rglob("*") if path.is_file())
        return {path.relative_to(folder / "new").as_posix(): path.read_bytes() for path in found}


def rewritten(content, change_manifest=lambda manifest: None, extra=()):
    """The same backup with another manifest or with more members."""
    with tempfile.TemporaryDirectory() as name:
        old, new = Path(name) / "old.zip", Path(name) / "new.zip"
        old.write_bytes(content)
        with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w") as target:
            manifest = json.loads(source.read(archive.MANIFEST))
            change_manifest(manifest)
            for member in source.namelist():
                if member != archive.MANIFEST:
                    target.writestr(member, source.read(member))
            for member, text in extra:
                target.writestr(member, text)
            target.writestr(archive.MANIFEST, json.dumps(manifest))
        return new.read_bytes()


def test_what_goes_in_comes_out(good):
    assert unpack(good) == CONTENT


@given(share=st.floats(0, 1, exclude_max=True))
def test_a_file_that_was_cut_off_is_refused(good, share):
    assert unpack(good[: int(len(good) * share)]) == {"backup.damaged"}


@given(data=st.data())
def test_a_changed_byte_is_refused_or_changes_nothing(good, data):
    place = data.draw(st.integers(0, len(good) - 1))
    change = data.draw(st.integers(1, 255))
    content = bytearray(good)
    content[place] ^= change
    found = unpack(bytes(content))
    if isinstance(found, dict):
        assert found == CONTENT
    else:
        assert {clause.split(".")[0] for clause in found} == {"backup"}


@pytest.mark.parametrize(
    "name",
    ["../outside", "files/../../outside", "/outside", "files/..\\outside", "files//x", "C:/x", "x"],
)
@pytest.mark.parametrize("listed", [True, False])
def test_a_name_that_leads_elsewhere_is_refused(good, name, listed):
    def add(manifest):
        if listed:
            manifest["members"][name] = {"size": 1, "sha256": "0" * 64}

    assert "backup.place" in unpack(rewritten(good, add, [(name, "x")]))


def test_a_member_that_the_manifest_does_not_name_is_refused(good):
    assert unpack(rewritten(good, extra=[("files/more", "x")])) == {"backup.members"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_stands_there_twice_is_refused(good):
    assert unpack(rewritten(good, extra=[("secret", "another")])) == {"backup.members"}


def test_a_member_that_is_missing_is_refused(good):
    def add(manifest):
        manifest["members"]["files/lost"] = {"size": 1, "sha256": "0" * 64}

    assert unpack(rewritten(good, add)) == {"backup.members"}


def test_every_fault_is_named_at_once(good):
    def add(manifest):
        manifest["members"]["files/lost"] = {"size": 1, "sha256": "0" * 64}

    faults = unpack(rewritten(good, add, [("../outside", "x"), ("files/more", "x")]))
    assert faults == {"backup.members", "backup.place"}


def test_a_member_that_unpacks_to_more_than_it_says_is_refused(good):
    def shrink(manifest):
        manifest["members"]["files/2005/minutes.pdf"]["size"] = 1

    assert unpack(rewritten(good, shrink)) == {"backup.changed"}


def test_another_kind_of_file_is_refused(good):
    def disguise(manifest):
        manifest["format"] = "something else"

    assert unpack(b"") == {"backup.damaged"}
    assert unpack(b"no zip at all") == {"backup.damaged"}
    assert unpack(rewritten(good, disguise)) == {"backup.foreign"}
    assert unpack(rewritten(good, lambda manifest: manifest.pop("members"))) == {"backup.foreign"}


def test_a_secret_that_is_none_is_refused(tmp_path):
    for number, content in enumerate([b"", b"\xff\xfe"]):
        (tmp_path / "any").write_bytes(content)
        target = tmp_path / f"{number}.zip"
        archive.write(
            target, dict.fromkeys(["database.sqlite3", "secret"], tmp_path / "any"), FACTS
        )
        assert unpack(target.read_bytes()) == {"backup.foreign"}


def test_a_file_of_a_newer_version_is_refused(good, tmp_path):
    def age(manifest):
        manifest["format_version"] = archive.FORMAT_VERSION + 1

    assert unpack(rewritten(good, age)) == {"backup.newer"}
    manifest = archive.unpack(make(tmp_path), tmp_path / "new")
    with pytest.raises(Refusal, match="newer"):
        archive.refuse_newer(manifest, known=["b.0001"])


def test_a_write_that_fails_leaves_the_old_backup_and_nothing_half_done(tmp_path):
    target = make(tmp_path)
    before = target.read_bytes()
    with pytest.raises(FileNotFoundError):
        archive.write(target, {"secret": tmp_path / "missing"}, FACTS)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_a_file_that_went_away_while_others_were_saved_is_left_out(tmp_path):
    target = tmp_path / "backup.zip"
    manifest = archive.write(target, {"files/gone": tmp_path / "gone"}, FACTS)
    assert manifest.members == {}
    assert zipfile.ZipFile(target).namelist() == [archive.MANIFEST]
