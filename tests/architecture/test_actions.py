"""Every write is a named action that asks; the permission table and the actions fit exactly."""

import ast

import pytest

from tests.architecture.source import ROOT, modules, plant

# actions that ask nobody, and why; they still leave their trail
TABLES = "pendamping.access.permissions"

ASK_NOBODY = {
    "access.make_system": "makes the server's own account, before anybody exists",
    "access.use_slip": "whoever holds the printed code may use it once",
    "access.change_password": "everybody may change their own, with the present one",
    "access.set_password": "from the server's own command line only",
    "access.set_same_password": "for the logins of the demonstration, which are printed",
    "access.end_second_step": "from the server's own command line only",
    "access.record_login": "notes that somebody came in",
    "territory.update_regions": "the official regions come with the program",
    "territory.open_ward": "from the server's own command line only",
    "territory.add_neighbourhoods": "a step of households' actions, which have asked",
    "territory.set_practice_date": "a step of desk's action, which has asked",
    "territory.begin_programme": "a step of desk's action, which has asked",
    "territory.open_practice": "a step of practice's actions, which have asked",
    "territory.put_practice_away": "a step of practice's action, which has asked",
}
# of these, who alone may call them (territory lies below access and cannot ask)
CALLERS = {
    "access.set_password": {"cli", "demo"},
    "access.set_same_password": {"demo"},
    "access.end_second_step": {"cli"},
    # desk's actions of the same work ask, and then call these two
    "territory.open_ward": {"bench", "cli", "demo", "desk"},
    "territory.set_practice_date": {"cli", "demo", "desk"},
    "territory.begin_programme": {"desk"},
    "territory.open_practice": {"practice"},
    "territory.put_practice_away": {"practice"},
    "territory.update_regions": {"cli", "demo"},
    "territory.add_neighbourhoods": {"households", "demo"},
}
# actions that stand elsewhere than in a room's actions, and why
ELSEWHERE = {
    "pendamping.demo.steps.finish_step": "the demonstration is no room; it notes what it has played",
}
# actions that ask for the permission of another, and which
SHARE = {
    "guidelines.publish_texts": "guidelines.adopt_guideline",
    "households.note_check": "households.receive_upload",
    "households.fail_upload": "households.receive_upload",
    "households.expire_upload": "households.discard_upload",
    "households.forget_leftovers": "households.discard_upload",
    "upk.expire_opening": "upk.discard_opening",
}


def decorated(module):
    """The functions of a module that are marked as actions."""
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef):
            names = {mark.id for mark in node.decorator_list if isinstance(mark, ast.Name)}
            if "action" in names:
                yield node


def verb_of(module, function):
    parts = module.name.split(".")
    return f"{parts[parts.index('actions') - 1]}.{function.name}"


def asked(function):
    """The permissions that a function asks for by name."""
    return {
        node.args[1].value
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "allow"
        and len(node.args) > 1
        and isinstance(node.args[1], ast.Constant)
    }


def actions(house):
    """Every action: (module, function, verb)."""
    for module in modules(house):
        if "actions" in module.name.split("."):
            yield from ((module, found, verb_of(module, found)) for found in decorated(module))


def table(house):
    """The permission table as it is written."""
    tables = [
        node.value
        for found in modules(house)
        if found.name.startswith(TABLES)
        for node in found.tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict)
    ]
    if not tables:
        raise LookupError(TABLES)
    return [key.value for one in tables for key in one.keys]


def faults_of(module, function, verb, permissions):
    place = f"{module.shown}:{function.lineno}: {verb}"
    given = function.args
    if given.args or given.posonlyargs or given.vararg:
        yield f"{place} takes keyword-only arguments: def {function.name}(*, by, …)"
    if verb in ASK_NOBODY:
        if asked(function):
            yield f"{place} asks; take it from ASK_NOBODY"
        return
    if "by" not in [argument.arg for argument in given.kwonlyargs]:
        yield f"{place} says who acts: by="
    wanted = SHARE.get(verb, verb)
    if asked(function) != {wanted}:
        yield f'{place} asks first: allow(by, "{wanted}", ward); the name is that of the action'
    if wanted not in permissions:
        yield f"{place}: {wanted} is missing from {TABLES}"


def faults(house):
    permissions = table(house)
    said = [
        fault
        for module, function, verb in actions(house)
        for fault in faults_of(module, function, verb, permissions)
    ]
    for module in modules(house):
        if "actions" not in module.name.split("."):
            said += [
                f"{module.shown}:{found.lineno}: {found.name} writes, and belongs in its room's actions"
                for found in decorated(module)
                if f"{module.name}.{found.name}" not in ELSEWHERE
            ]
    return said


def wrong_callers(house):
    """Calls of an action that asks nobody, from where it may not be called."""
    for module in modules(house):
        called = {
            getattr(node.func, "attr", getattr(node.func, "id", ""))
            for node in module.nodes(ast.Call)
        }
        for verb, rooms in CALLERS.items():
            owner, name = verb.split(".")
            if name in called and module.room not in {owner, *rooms}:
                yield f"{module.shown}: {verb} asks nobody; only {sorted(rooms)} may call it"
            elif name in called and module.room == owner and "views" in module.name:
                yield f"{module.shown}: {verb} asks nobody; no page may call it"


def idle_permissions(house):
    """Permissions that nothing asks for."""
    verbs = {verb for _module, _function, verb in actions(house)}
    texts = [module.text for module in modules(house) if not module.name.startswith(TABLES)]
    for name in table(house):
        if ".read" in name and any(f'"{name}"' in text for text in texts):
            continue
        if name not in verbs:
            yield name


def test_every_action_names_its_arguments_says_who_acts_and_asks():
    assert len(list(actions(ROOT))) > 20
    assert faults(ROOT) == []


def test_every_permission_is_asked_for_somewhere():
    assert list(idle_permissions(ROOT)) == [], f"take them from {TABLES}"


def test_the_exceptions_exist_and_give_a_reason():
    verbs = {verb for _module, _function, verb in actions(ROOT)}
    assert set(ASK_NOBODY) | set(SHARE) <= verbs
    assert all(len(reason) > 10 for reason in ASK_NOBODY.values())


def test_actions_that_ask_nobody_are_called_where_nobody_need_be_asked():
    assert list(wrong_callers(ROOT)) == []


def test_a_page_that_calls_an_action_that_asks_nobody_is_caught(house):
    before = set(wrong_callers(house))
    code = "def show(request):\n    territory.set_practice_date(by=request.user)"
    plant(house, "src/pendamping/meetings/planted.py", code)
    plant(house, "src/pendamping/access/planted_views.py", "actions.set_password(by=1)")
    assert len(set(wrong_callers(house)) - before) == 2


@pytest.mark.parametrize(
    ("code", "taught"),
    [
        ("@action\ndef planted(by, ward):\n    allow(by, 'ledger.planted', ward)", "keyword-only"),
        ("@action\ndef planted(*, ward):\n    allow(ward, 'ledger.planted', ward)", "by="),
        ("@action\ndef planted(*, by, ward):\n    return ward", "asks first"),
        (
            "@action\ndef planted(*, by, ward):\n    allow(by, 'ledger.reverse', ward)",
            "asks first",
        ),
        (
            "@action\ndef planted(*, by, ward):\n    allow(by, 'ledger.planted', ward)",
            "missing from pendamping.access.permissions",
        ),
    ],
)
def test_an_action_that_breaks_the_form_is_caught(house, code, taught):
    before = faults(house)
    plant(house, "src/pendamping/funds/ledger/actions.py", code)
    new = [fault for fault in faults(house) if fault not in before]
    assert any(taught in fault for fault in new)


def test_a_writer_outside_the_actions_is_caught(house):
    before = faults(house)
    plant(house, "src/pendamping/desk/planted.py", "@action\ndef planted(*, by):\n    return by")
    new = [fault for fault in faults(house) if fault not in before]
    assert len(new) == 1
    assert "belongs in its room's actions" in new[0]


def test_an_idle_permission_is_caught(house):
    rules = house / "src/pendamping/access/permissions/pages.py"
    text = rules.read_text(encoding="utf-8")
    marked = '    "desk.read": ALL,'
    assert marked in text
    planted = text.replace(marked, f'{marked}\n    "desk.planted": _ALL,')
    rules.write_text(planted, encoding="utf-8")
    assert "desk.planted" in list(idle_permissions(house))
