"""Whoever uses a server over the network can have the source of what it runs (AGPL, section 13)."""

import io
import zipfile
from pathlib import Path

import pytest

from pendamping.web import environment, source

ROOT = Path(__file__).resolve().parents[2]


def archive(client):
    answer = client.get("/source.zip")
    assert answer.headers["Content-Type"] == "application/zip"
    assert "pendamping-" in answer.headers["Content-Disposition"]
    return zipfile.ZipFile(io.BytesIO(answer.content))


@pytest.mark.django_db
def test_everybody_gets_the_files_that_run(client):
    found = archive(client)
    running = ROOT / "src" / "pendamping" / "web" / "source.py"
    name = "pendamping-source/src/pendamping/web/source.py"
    assert found.read(name) == running.read_bytes()
    names = set(found.namelist())
    for needed in ("LICENSE", "pyproject.toml", "Makefile", "requirements/run.txt", "manage.py"):
        assert f"pendamping-source/{needed}" in names


@pytest.mark.django_db
def test_nothing_that_the_server_writes_is_given_away(client):
    for name in archive(client).namelist():
        parts = name.split("/")
        assert not {"var", "__pycache__", ".venv", ".git", "secret"} & set(parts), name
        assert not name.endswith((".pyc", ".sqlite3", ".log")), name
        assert not any(part.startswith(".") for part in parts), name


def test_an_installed_package_gives_itself_with_its_licence(tmp_path):
    package = tmp_path / "site-packages" / "pendamping"
    (package / "__pycache__").mkdir(parents=True)
    (package / "web.py").write_text("changed here")
    (package / "__pycache__" / "web.pyc").write_bytes(b"")
    (package.parent / "other.py").write_text("not ours")
    names = {name for name, _path in source.members(package)}
    assert "pendamping/web.py" in names
    assert {name for name in names if name.startswith(("other", "pendamping/__"))} == set()
    assert {"LICENSE", "METADATA"} <= names


@pytest.mark.django_db
def test_the_footer_leads_there_for_everybody(client, cast):
    link = 'href="/source.zip"'
    assert link in client.get("/login/").content.decode()
    client.force_login(cast.treasurer)
    assert link in client.get(f"/w/{cast.ward}/").content.decode()
    assert link in client.get("/nowhere/").content.decode()


@pytest.mark.django_db
def test_a_server_whose_source_is_published_elsewhere_says_where(client, settings):
    settings.PENDAMPING_SOURCE_URL = "https://kode.example/pendamping"
    assert 'href="https://kode.example/pendamping"' in client.get("/login/").content.decode()
    assert client.get("/source.zip").url == "https://kode.example/pendamping"


@pytest.mark.parametrize("url", ["kode.example", "javascript:alert(1)", "https://"])
def test_an_address_that_leads_nowhere_stops_the_server_at_its_start(monkeypatch, url):
    monkeypatch.setenv("PENDAMPING_SOURCE_URL", url)
    with pytest.raises(environment.WrongEnvironment, match="PENDAMPING_SOURCE_URL"):
        environment.source_url()
