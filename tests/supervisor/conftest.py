"""A folder for clusters: short, outside the checkout, gone afterwards."""

import shutil
import tempfile
from pathlib import Path

import pytest

from supervisor.postgres import Cluster


@pytest.fixture
def folder():
    """A new folder for one cluster; whatever a failed test left running there is stopped."""
    path = Path(tempfile.mkdtemp(prefix="krama-test-"))
    path.chmod(0o711)
    yield path / "cluster"
    Cluster(path / "cluster").discard()
    shutil.rmtree(path)


@pytest.fixture
def cluster(folder):
    """A running throw-away cluster."""
    with Cluster(folder, throwaway=True) as running:
        yield running
