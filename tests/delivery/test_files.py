"""Files are written whole; what is not a file is never replaced by one."""

import os

import pytest

from handouts.delivery.files import write_whole
from handouts.delivery.print_file import open_whole
from handouts.diagnostics import DeliveryError


@pytest.fixture
def pipe(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def test_a_pipe_or_device_stays_what_it_is(pipe):
    with pytest.raises(DeliveryError) as caught:
        write_whole(pipe, b"x")
    assert caught.value.diagnostics[0].rule == "not-written"
    assert pipe.is_fifo()


def test_a_print_run_does_not_replace_a_pipe(pipe):
    with pytest.raises(DeliveryError), open_whole(pipe) as file:
        file.write(b"x")
    assert pipe.is_fifo()


def test_a_file_is_replaced(tmp_path):
    path = tmp_path / "sheet.pdf"
    path.write_bytes(b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]
