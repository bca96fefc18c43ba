import pytest

from .records import CLINIC, read_library


@pytest.fixture(scope="session")
def library():
    return read_library()


@pytest.fixture
def clinic():
    return CLINIC
