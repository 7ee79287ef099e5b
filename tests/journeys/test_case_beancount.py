"""The whole journal of Empang before an outside witness: beancount accepts it, with the same balances."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.site import Site, database

pytestmark = pytest.mark.prove


def test_beancount_takes_the_whole_case_and_has_the_same_balance_of_every_account(tmp_path):
    from beancount import loader
    from beancount.core.data import Transaction

    with database(tmp_path, "empang") as environment:
        told = json.loads(Site("", environment).module("tests.journeys.case", "journal"))
    file = tmp_path / "empang.beancount"
    file.write_text(told["text"])
    checked = subprocess.run(
        [Path(sys.executable).with_name("bean-check"), file], capture_output=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, b"")
    entries, errors, _ = loader.load_file(str(file))
    assert errors == []
    found: dict[str, int] = {}
    for entry in entries:
        for leg in entry.postings if isinstance(entry, Transaction) else ():
            code = leg.account.rsplit(":", 1)[-1].split("-")[0]
            found[code] = found.get(code, 0) + int(leg.units.number)
    assert found == told["balances"]
    assert len(found) > 20
