"""The commands that set up and check: what they say where something is missing."""

import os
import re
import subprocess
import sys

import pytest
from scripts import check, check_browser, check_python

from tests.architecture.source import ROOT, modules, plant, run_in


def test_a_python_that_is_too_old_is_named_with_what_to_type(monkeypatch):
    monkeypatch.setattr(check_python, "NEEDED", (9, 9))
    said = check_python.problem()
    assert "needs Python 9.9" in said
    assert "make PYTHON=" in said


def test_a_missing_pip_is_named_with_what_to_type(monkeypatch):
    def without_pip(command, **_options):
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(subprocess, "run", without_pip)
    assert "apt-get install -y python3-pip" in check_python.problem()


def test_the_first_check_runs_where_nothing_is_installed():
    done = subprocess.run(
        [sys.executable, "-I", "-S", "scripts/check_python.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr


def test_a_missing_browser_is_installed_by_root_alone(monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(check_browser, "find", lambda: None)
    monkeypatch.setattr(check_browser, "install", lambda: asked.append("install"))
    monkeypatch.setattr(check_browser.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert check_browser.main() == 2
    assert asked == []
    assert check_browser.TYPE in capsys.readouterr().err
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    check_browser.main()
    assert asked == ["install"]


@pytest.mark.parametrize("has", [{"chromium-headless-shell", "chromium"}, {"chromium"}, set()])
def test_the_quick_browser_is_installed_where_apt_has_it(monkeypatch, has):
    installed = []

    def apt(command, *, check, env):
        wanted = {one for one in command if "chromium" in one}
        if wanted <= has:
            installed.extend(wanted)
        elif check:
            raise subprocess.CalledProcessError(100, command)
        return subprocess.CompletedProcess(command, 0 if wanted <= has else 100)

    monkeypatch.setattr(check_browser.subprocess, "run", apt)
    if has:
        check_browser.install()
        assert installed == [next(one for one in check_browser.PACKAGES if one in has)]
    else:
        with pytest.raises(subprocess.CalledProcessError):
            check_browser.install()


def test_ci_runs_what_a_laptop_runs():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert re.findall(r"^make .*$", script, re.MULTILINE) == ["make check", "make test"]
    assert "set -euo pipefail" in script
    assert "unset PYTHONDONTWRITEBYTECODE" in script


def test_make_test_runs_everything_on_both_databases():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = makefile.split("\ntest: ")[1].split("\n\n")[0]
    on_sqlite, on_postgres = (line for line in recipe.splitlines() if "$(PYTEST)" in line)
    folders = {path.name for path in (ROOT / "tests").glob("*/") if any(path.glob("test_*.py"))}
    assert set(re.findall(r" tests/(\w+)", on_sqlite)) == folders
    assert "$(ON_POSTGRES)" not in on_sqlite
    assert set(re.findall(r" tests/(\w+)", on_postgres)) == {"rooms", "journeys"}
    assert "$(ON_POSTGRES) $(PYTEST)" in on_postgres
    assert not re.search(r" -[km] |deselect|ignore", recipe)


def test_every_rule_is_typed_strictly():
    typed = check.typed()
    loose = [
        module.shown
        for module in modules()
        if (module.room == "kernel" or "rules" in module.name.split("."))
        and not any(module.shown == one or module.shown.startswith(one + "/") for one in typed)
    ]
    assert loose == []


def test_faults_in_texts_are_caught_each_with_its_reason(house):
    code = [
        'N_("A text that nobody translated")',
        'N_("Planted {ward}")',
        "f\"{_('Planted')} {ward}\"",
    ]
    plant(house, "src/pendamping/trail/planted.py", "\n".join(code))
    po = "src/pendamping/{}/locale/id/LC_MESSAGES/django.po"
    for room, said in (("trail", "Ditanam"), ("desk", "Ditanami")):
        if not (house / po.format(room)).exists():
            head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
            plant(house, po.format(room), head)
        plant(house, po.format(room), f'\nmsgid "Planted twice"\nmsgstr "{said}"\n')
    plant(house, po.format("trail"), '\nmsgid "Planted {ward}"\nmsgstr "Ditanam {wadr}"\n')
    done = run_in(house, sys.executable, "scripts/messages.py", "check")
    assert done.returncode == 1
    for told in (
        "A text that nobody translated",
        "has other places in it: 'Planted {ward}'",
        "trail/planted.py:5: a text inside an f-string",
        "translate 'Planted twice' differently",
    ):
        assert told in done.stderr


@pytest.mark.parametrize("name", ["format", "lint", "tree", "messages", "floors", "types",
                                  "migrations", "deploy", "docs"])  # fmt: skip
def test_make_check_has(name):
    assert name in check.checks()
