import pytest

from tests.architecture.source import copy_of_the_house, marks_of, put_back


@pytest.fixture(scope="session")
def whole_house(tmp_path_factory):
    """One copy for all tests of a worker, and how its files stood: copying two thousand costs a second."""
    folder = copy_of_the_house(tmp_path_factory.mktemp("house"))
    return folder, marks_of(folder)


@pytest.fixture
def house(whole_house):
    """A copy of the house that a test may damage; what it changed is put back behind it."""
    folder, marks = whole_house
    yield folder
    put_back(folder, marks)
