import pytest

from tests.architecture.source import copy_of_the_house


@pytest.fixture
def house(tmp_path):
    """A copy of the house that a test may damage."""
    return copy_of_the_house(tmp_path)
