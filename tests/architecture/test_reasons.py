"""Every dependency, every ignored lint rule and every exception from it says why; locks hold."""

import re
import tomllib

import pytest

from tests.architecture.source import ROOT, modules

PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)(.*)$", re.MULTILINE)
ADDRESS = re.compile(r"https?://|file:|--(?:extra-)?index-url|--find-links|-i\s")


def unexplained(text):
    """Lines of pyproject.toml that name a dependency or ignore a rule and do not say why."""
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\[([\w.-]+)\]|(\w[\w-]*) = \[$", line.strip()):
            section = header.group(1) or f"{section.split(':', maxsplit=1)[0]}:{header.group(2)}"
        lists = (":dependencies", ":dev", ":ignore")
        listed = section.endswith(lists) and line.strip().startswith('"')
        single = section.endswith(("optional-dependencies", "per-file-ignores")) and "= [" in line
        if (listed or single) and not re.search(r"#\s*\S+\s+\S+", line):
            yield f"pyproject.toml:{number}: say why in a comment on the line: {line.strip()}"


def silent_exceptions(house):
    for module in [*modules(house), *modules(house, "tests"), *modules(house, "scripts")]:
        for number, line in enumerate(module.text.splitlines(), 1):
            if re.search(r"#\s*noqa\b(?!:\s*[A-Z0-9, ]+\s+--\s+\S+)", line) and "re." not in line:
                yield f"{module.shown}:{number}: say why: # noqa: RULE -- reason"


def lock(name):
    return (ROOT / "requirements" / name).read_text(encoding="utf-8")


def pins(text):
    return {name: version for name, version, _more in PIN.findall(text)}


def test_every_dependency_and_ignored_rule_says_why():
    assert list(unexplained((ROOT / "pyproject.toml").read_text(encoding="utf-8"))) == []


def test_every_exception_in_the_code_says_why():
    assert list(silent_exceptions(ROOT)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"gunicorn>=27",              # the web server', '"gunicorn>=27",'),
        ('"E501",    # the formatter decides on line length', '"E501",'),
        ('"mypy",                      # strict types on kernel and rules', '"mypy",'),
    ],
)
def test_a_missing_reason_is_caught(old, new):
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert old in text
    assert len(list(unexplained(text.replace(old, new)))) == 1


@pytest.mark.parametrize("name", ["build.txt", "run.txt", "dev.txt", "peers.txt"])
def test_every_pin_has_its_hash_and_no_lock_names_an_address(name):
    text = lock(name)
    blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert len(blocks) == len(pins(text)) > 0
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert ADDRESS.search(text) is None


def test_tests_run_on_the_versions_that_the_site_runs_on():
    run, dev = pins(lock("run.txt")), pins(lock("dev.txt"))
    assert {name: dev.get(name) for name in run} == run


def test_every_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run = (
        project["project"]["dependencies"] + project["project"]["optional-dependencies"]["postgres"]
    )
    groups = project["dependency-groups"]
    known = [(run, "run.txt"), (groups["dev"], "dev.txt"), (groups["peers"], "peers.txt")]
    for wanted, name in known:
        names = {re.split(r"[\[<>=]", one)[0].lower() for one in wanted}
        assert names <= set(pins(lock(name))), f"make lock: {name} is behind pyproject.toml"


def test_the_licence_is_the_whole_of_the_agpl():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in text
    assert "13. Remote Network Interaction" in text
    assert "17. Interpretation of Sections 15 and 16." in text


def test_no_tracked_file_names_an_index_or_a_place_of_one_machine(tmp_path):
    import scripts.check_tree as tree

    assert list(tree.problems(tree.tracked(), ROOT, tree.own_indexes())) == []
    (tmp_path / "planted.md").write_text(f"see https://{tree.INDEXES[0]}/x and /home/" + "me/x\n")
    (tmp_path / "django.mo").write_bytes(b"\xde\x12")
    said = list(tree.problems(["planted.md", "django.mo"], tmp_path, ["mirror.example"]))
    assert len(said) == 3
