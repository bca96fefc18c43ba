"""Files are written whole; what is not a file is never replaced by one."""

import errno
import os

import pytest

from handouts.delivery.files import write_whole
from handouts.delivery.print_file import open_whole
from handouts.diagnostics import DeliveryError


def write_open(path, data):
    with open_whole(path) as file:
        file.write(data)


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


def test_a_pdf_replaces_no_file_of_another_kind(tmp_path):
    record = tmp_path / "maria.yaml"
    record.write_bytes(b"name: Maria")
    with pytest.raises(DeliveryError) as caught:
        write_whole(record, b"%PDF-1.7")
    assert caught.value.diagnostics[0].rule == "not-written"
    with pytest.raises(DeliveryError), open_whole(record) as file:
        file.write(b"%PDF-1.7")
    assert list(tmp_path.iterdir()) == [record]
    assert record.read_bytes() == b"name: Maria"


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
@pytest.mark.parametrize("write", [write_whole, write_open])
def test_what_cannot_be_written_leaves_no_piece(tmp_path, monkeypatch, step, write):
    path = tmp_path / "sheet.pdf"
    path.write_bytes(b"%PDF-1.4 old")

    def refuse(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(step, refuse)
        with pytest.raises(DeliveryError, match="no space left on device"):
            write(path, b"%PDF-1.7 new")
    assert list(tmp_path.iterdir()) == [path] and path.read_bytes() == b"%PDF-1.4 old"


@pytest.mark.parametrize("before", [b"", b"%PDF-1.4 old"])
def test_a_pdf_replaces_an_empty_file_and_a_pdf(before, tmp_path):
    path = tmp_path / "sheet.pdf"
    path.write_bytes(before)
    write_whole(path, b"%PDF-1.7")
    with open_whole(path) as file:
        file.write(b"%PDF-1.7 new")
    assert path.read_bytes() == b"%PDF-1.7 new"
