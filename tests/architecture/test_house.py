"""What a test does to its copy of the house is undone behind it."""

from tests.architecture.source import ROOT, plant, put_back


def test_what_was_added_changed_or_taken_away_is_put_back(whole_house):
    folder, marks = whole_house
    words, rules = "docs/words.md", "src/pendamping/access/rules.py"
    plant(folder, "src/pendamping/desk/planted.py", "planted = 1")
    plant(folder, rules, "planted = 1")
    (folder / words).unlink()
    put_back(folder, marks)
    assert not (folder / "src/pendamping/desk/planted.py").exists()
    for name in (words, rules):
        assert (folder / name).read_bytes() == (ROOT / name).read_bytes()
