import pytest

from pendamping.kernel import memory


def counted():
    asked = []

    def find():
        asked.append(len(asked) + 1)
        return asked[-1]

    return find


def test_within_the_block_a_thing_is_asked_once_under_its_key():
    find = counted()
    with memory.remembering():
        assert [memory.once("a", find), memory.once("a", find), memory.once("b", find)] == [1, 1, 2]


def test_outside_a_block_everything_is_asked_each_time():
    find = counted()
    assert [memory.once("a", find), memory.once("a", find)] == [1, 2]


def test_a_block_within_another_begins_anew_and_leaves_the_outer_as_it_was():
    find = counted()
    with memory.remembering():
        first = memory.once("a", find)
        with memory.remembering():
            assert memory.once("a", find) == first + 1
        assert memory.once("a", find) == first


def test_what_has_changed_is_asked_anew():
    find = counted()
    with memory.remembering():
        first = memory.once("a", find)
        memory.forget()
        assert memory.once("a", find) == first + 1


def test_an_error_is_not_remembered():
    def refuse():
        raise LookupError

    with memory.remembering():
        with pytest.raises(LookupError):
            memory.once("a", refuse)
        assert memory.once("a", lambda: "there") == "there"


@pytest.mark.parametrize("kind", [list, dict, set])
def test_it_shares_nothing_that_a_caller_could_change(kind):
    with memory.remembering(), pytest.raises(TypeError, match="shared"):
        memory.once("key", kind)


def test_what_an_action_changes_is_known_only_where_all_are_looking():
    find = counted()
    with memory.remembering():
        assert [memory.in_a_look("a", find), memory.in_a_look("a", find)] == [1, 2]
    with memory.remembering(look=True):
        assert [memory.in_a_look("a", find), memory.in_a_look("a", find)] == [3, 3]
        with memory.remembering():  # an action within
            assert [memory.in_a_look("a", find), memory.in_a_look("a", find)] == [4, 5]
