"""A time stamp service that answers, for whoever seals."""

from collections.abc import Iterator

import pytest

from tests.tsa import Service, TimeStampAuthority, make_authority, serving


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> TimeStampAuthority:
    return make_authority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture
def service(authority: TimeStampAuthority) -> Iterator[Service]:
    with serving(authority) as service:
        yield service
