"""Pages that lie fail the build: commands, settings, roles, addresses, files that they name exist."""

import argparse
import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, modules, plant

TICKED = re.compile(r"`([^`\n]+)`")
SETTING = re.compile(r"\b(PENDAMPING_[A-Z_]+|DATABASE_URL)\b")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
PATHS = re.compile(r"`((?:src|docs|tests|scripts|requirements)/[\w./*-]+|\.ci/run|\.importlinter)`")
OWN_SETTINGS = {"PENDAMPING_FILES"}  # worked out from PENDAMPING_HOME, never read


def pages(house):
    found = [*house.glob("*.md"), *(house / "docs").rglob("*.md")]
    found += (house / "src" / "pendamping").rglob("*.md")
    return sorted(found)


def shown(house, path):
    return path.relative_to(house).as_posix()


def commands(parser=None, words=()):
    """Every command: its words and its options."""
    if parser is None:
        from pendamping.cli.main import parser as whole

        parser = whole()
    inner = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    if not inner:
        options = {text for one in parser._actions for text in one.option_strings}
        yield words, options
        return
    for name, sub in inner[0].choices.items():
        yield from commands(sub, (*words, name))


def told_commands(house):
    """Every command that a page names in code or types in a block: (page, its words)."""
    for path in pages(house):
        for line in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
            found = re.findall(r"`pendamping ([a-z][^`]*)", line)
            if not found and line.startswith(("pendamping ", "DATABASE_URL", "PENDAMPING_")):
                found = re.findall(r"(?<!/)\bpendamping ([a-z].*)", line)
            yield from ((shown(house, path), told) for told in found)


def command_faults(house):
    known = dict(commands())
    for page, told in told_commands(house):
        words = told.split()
        found = [one for one in known if tuple(words[: len(one)]) == one]
        if not found:
            yield f"{page}: there is no `pendamping {told.strip()}`"
            continue
        wrong = [one for one in re.findall(r"--[a-z-]+", told) if one not in known[found[0]]]
        yield from (f"{page}: {' '.join(found[0])} has no {option}" for option in wrong)
    text = (house / "docs" / "doors.md").read_text(encoding="utf-8")
    for words in known:
        if f"`pendamping {' '.join(words)}" not in text:
            yield f"docs/doors.md: say what `pendamping {' '.join(words)}` does"


def setting_faults(house):
    code = [*modules(house), *modules(house, "tests"), *modules(house, "scripts")]
    code = [module for module in code if "architecture" not in module.name]  # plants its own
    quoted = re.compile(rf"[\"']{SETTING.pattern}")
    read = {name for module in code for name in quoted.findall(module.text)} - OWN_SETTINGS
    told = set(SETTING.findall((house / "docs" / "settings.md").read_text(encoding="utf-8")))
    yield from (f"docs/settings.md: say what {name} is for" for name in sorted(read - told))
    for path in pages(house):
        named = set(SETTING.findall(path.read_text(encoding="utf-8")))
        yield from (f"{shown(house, path)}: nothing reads {name}" for name in sorted(named - read))


def role_faults(house):
    from pendamping.access.rules import PERMISSIONS, ROLES

    text = (house / "docs" / "doors.md").read_text(encoding="utf-8").split("## Roles")[1]
    told = set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))
    yield from (f"docs/doors.md: roles differ: {name}" for name in sorted(told ^ set(ROLES)))
    permission = re.compile(r"`((?:access|households|meetings|targeting|loans|ledger)\.read\w*)`")
    for path in pages(house):
        for name in permission.findall(path.read_text(encoding="utf-8")):
            if name not in PERMISSIONS:
                yield f"{shown(house, path)}: {name} is no permission"


def login_faults(house):
    from pendamping.demo.people import LOGINS

    text = (house / "docs" / "case.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(\w+)` \| `(\w+)` \|", text, re.MULTILINE))
    differ = told ^ {(login.username, login.role) for login in LOGINS}
    yield from (f"docs/case.md: logins differ: {pair}" for pair in sorted(differ))


def path_faults(house):
    for path in pages(house):
        text = path.read_text(encoding="utf-8")
        places = [(path.parent, link) for link in LINK.findall(text) if not link.startswith("<")]
        places += [(house, name) for name in PATHS.findall(text)]
        for base, name in places:
            if name == "docs/screenshot.png":
                continue  # has its own test
            if not any(base.glob(name)) and not (base / name).exists():
                yield f"{shown(house, path)}: {name} is not there"


def make_faults(house):
    makefile = (house / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    helped = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)) - {"help"}
    for path in pages(house):
        for name in re.findall(r"`make ([a-z-]+)", path.read_text(encoding="utf-8")):
            if name not in targets:
                yield f"{shown(house, path)}: there is no make {name}"
    text = (house / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for name in sorted(helped):
        if f"`make {name}`" not in text:
            yield f"CONTRIBUTING.md: say what make {name} does"


def adr_faults(house):
    found = sorted((house / "docs" / "adr").glob("*.md"))
    for number, path in enumerate(found):
        text = path.read_text(encoding="utf-8")
        if not path.name.startswith(f"{number:04}-") or not text.startswith(f"# {number:04}. "):
            yield f"{shown(house, path)}: pages are numbered without gaps: {number:04}"
        if text.count("\n") > 60:
            yield f"{shown(house, path)}: longer than a page"
        for heading in ("Status: ", "## What pressed", "## Decision", "## What follows"):
            if heading not in text:
                yield f"{shown(house, path)}: {heading} is missing"


def word_faults(house):
    text = (house / "docs" / "words.md").read_text(encoding="utf-8")
    code = "\n".join(module.text for module in modules(house))
    words = set(re.findall(r"\w+", code))
    for row in re.findall(r"^\| (?!Indonesian|-).*\|$", text, re.MULTILINE):
        for name in TICKED.findall(row):
            if name not in words and not re.search(rf"\b{re.escape(name)}\b", code):
                yield f"docs/words.md: the code has no {name}"


def length_faults(house):
    for name in ("README.md", "README.id.md"):
        if (house / name).read_text(encoding="utf-8").count("\n") > 60:
            yield f"{name}: longer than a page"


CHECKS = [
    command_faults, setting_faults, role_faults, login_faults, path_faults, make_faults,
    adr_faults, word_faults, length_faults,
]  # fmt: skip


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_pages_tell_the_truth(check):
    assert list(check(ROOT)) == []


def test_the_page_of_addresses_is_the_site():
    from scripts.addresses import page

    told = (ROOT / "docs" / "addresses.md").read_text(encoding="utf-8")
    assert told == page(), "type: make addresses"


def test_the_readmes_say_how_long_it_takes_and_show_it():
    for name in ("README.md", "README.id.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        times = text.split("<!-- times -->")[1].split("<!-- /times -->")[0]
        assert len(re.findall(r"\d+ (?:s|detik|min|menit)\b", times)) >= 3
    picture = (ROOT / "docs" / "screenshot.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 400_000


@pytest.mark.parametrize(
    ("check", "path", "text"),
    [
        (command_faults, "docs/planted.md", "Type `pendamping fly`."),
        (command_faults, "docs/planted.md", "Type `pendamping loan schedule --principle 5`."),
        (setting_faults, "docs/planted.md", "Set `PENDAMPING_PLANTED`."),
        (setting_faults, "src/pendamping/desk/planted.py", 'os.environ["PENDAMPING_PLANTED"]'),
        (role_faults, "docs/planted.md", "needs `loans.read_minds`"),
        (path_faults, "docs/planted.md", "see [there](nowhere.md)"),
        (path_faults, "docs/planted.md", "see `tests/rules/test_nothing.py`"),
        (make_faults, "docs/planted.md", "type `make gold`"),
        (adr_faults, "docs/adr/0099-planted.md", "# 0099. Planted"),
        (word_faults, "docs/words.md", "| kata | word | `planted_word` |"),
        (length_faults, "README.md", "more\n" * 60),
    ],
)
def test_a_lie_is_caught(house, check, path, text):
    for name in ("Makefile", "README.md", "README.id.md", "CONTRIBUTING.md"):
        (house / name).write_bytes((ROOT / name).read_bytes())
    before = set(check(house))
    plant(house, path, text)
    assert set(check(house)) - before


def test_no_page_names_an_author():
    tracked = subprocess.run(
        ["git", "ls-files", "AUTHORS*", "CONTRIBUTORS*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert tracked.stdout == ""
    project = Path(ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "authors" not in project
