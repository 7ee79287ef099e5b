"""Every rule, the kernel and the paper room import without Django."""

import sys

from tests.architecture.source import ROOT, modules, plant, run_in

IMPORTER = """
import importlib, sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "allauth", "csp", "psycopg"}:
            raise ImportError(f"{name} is the web's; rules, kernel and paper do without it")

sys.meta_path.insert(0, Blocker())
faults = []
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except ImportError as error:
        faults.append(f"{name}: {error}")
print("\\n".join(faults))
"""


def pure(house):
    """The names of all modules that have to be pure."""
    return [
        module.name
        for module in modules(house)
        if module.room in {"kernel", "paper"} or "rules" in module.name.split(".")
    ]


def faults(house):
    done = run_in(house, sys.executable, "-c", IMPORTER, *pure(house))
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_they_import_without_django():
    assert len(pure(ROOT)) > 20
    assert faults(ROOT) == "", "move what needs Django into queries or actions"


def test_a_rule_that_imports_django_is_caught(house):
    plant(house, "src/pendamping/access/rules.py", "from django.db import models")
    assert "pendamping.access.rules: django" in faults(house)


def test_a_rule_that_reaches_django_through_its_models_is_caught(house):
    plant(house, "src/pendamping/trail/rules.py", "from pendamping.trail import models")
    assert "pendamping.trail.rules: django" in faults(house)
