"""Fields are named by what they are about, never by their place in a list (ADR 0049)."""

import ast
import re

from tests.architecture.source import ROOT, modules, plant

LIKE_A_FIELD = re.compile(r"[a-z]*[a-z0-9_-]*", re.IGNORECASE)

# forms whose fields are numbered, and why no list can change under their page
NUMBERED = {
    "elections/forms.py LotForm": "the number is the place that is drawn; who is drawn is chosen by id",
    "funds/grants/forms.py AgreeForm": "lines that are typed in the form itself",
    "funds/grants/forms.py ExpenseForm": "offers that are typed in the form itself",
    "planning/forms_plan.py BudgetForm": "rows that are typed in the form itself; it is kept only over what its page showed",
    "targeting/views/home.py Criteria": "criteria that are typed in the form itself; kept only over the version that its page showed",
    "targeting/views/wards.py Rows": "candidates that are typed in the form itself, with their codes",
}  # fmt: skip


def faults(house):
    """``file class`` of every form, or function of a page, that names a field by a number of its own counting."""
    for module in modules(house):
        if not re.search(r"form|views", module.shown):
            continue
        place = module.shown.removeprefix("src/pendamping/")
        for node in module.tree.body:
            if _numbers_fields(node):
                yield f"{place} {node.name}"
            elif name := _formset(node):
                yield f"{place} {name}"


def _numbers_fields(node):
    """Whether a class or function puts a counted number into a text that could be a field's name."""
    if not isinstance(node, ast.ClassDef | ast.FunctionDef):
        return False
    counted = set().union(*map(_counted, ast.walk(node)))
    return any(
        isinstance(text, ast.JoinedStr) and _named_by(text, counted) for text in ast.walk(node)
    )


def _counted(node):
    """Names that hold a number which is counted here: of ``enumerate`` or ``range``, or an ``int`` that a
    function is handed."""
    if isinstance(node, ast.For | ast.comprehension) and isinstance(node.iter, ast.Call):
        called = getattr(node.iter.func, "id", "")
        target = node.target
        if called == "enumerate" and isinstance(target, ast.Tuple):
            target = target.elts[0]
        return (
            {target.id}
            if called in {"enumerate", "range"} and isinstance(target, ast.Name)
            else set()
        )
    if isinstance(node, ast.arg) and getattr(node.annotation, "id", "") == "int":
        return {node.arg}
    return set()


def _named_by(text, counted):
    words = [part.value for part in text.values if isinstance(part, ast.Constant)]
    names = [
        getattr(part.value, "id", "")
        for part in text.values
        if isinstance(part, ast.FormattedValue)
    ]
    return bool(counted & set(names)) and all(LIKE_A_FIELD.fullmatch(word) for word in words)


def _formset(node):
    """The name of rows that Django numbers."""
    value = getattr(node, "value", None)
    made = isinstance(value, ast.Call) and getattr(value.func, "id", "") == "formset_factory"
    return node.targets[0].id if made else ""


def test_no_field_is_named_by_its_place():
    found = set(faults(ROOT))
    assert sorted(found - NUMBERED.keys()) == [], (
        "name these fields by the id of what they are about"
    )
    assert sorted(NUMBERED.keys() - found) == [], "these number their fields no longer: strike them"


def test_no_page_names_a_field_by_the_turn_of_a_loop():
    pages = (ROOT / "src/pendamping").rglob("templates/**/*.html")
    wrong = re.compile(r"""\bname="[^"]*\{\{[^}]*\bloop\.""")
    assert [page.name for page in pages if wrong.search(page.read_text(encoding="utf-8"))] == []


PLANTED = {
    "funds/loans/forms.py": """class AForm:
    def __init__(self, members):
        for number, one in enumerate(members):
            self.fields[f"amount_{number}"] = one
""",
    "cadres/views.py": """def a(request, people):
    return [request.POST.get(f"came-{at}") for at, one in enumerate(people)]
""",
    "cycle/forms.py": """class AForm:
    def row(self, row: int):
        return self[f"{self.name}_{row}"]
""",
    "planning/forms.py": "Rows = formset_factory(AForm)",
    "targeting/forms.py": """class Named:
    def __init__(self, members):
        for number, one in enumerate(members):
            self.fields[f"amount_{one.id}"] = f"{number}. {one.name}"
""",
}


def test_a_numbered_field_is_caught(tmp_path):
    for where, code in PLANTED.items():
        plant(tmp_path, f"src/pendamping/{where}", code)
    assert sorted(faults(tmp_path)) == [
        "cadres/views.py a",
        "cycle/forms.py AForm",
        "funds/loans/forms.py AForm",
        "planning/forms.py Rows",
    ]
