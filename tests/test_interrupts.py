"""Ctrl-C in a moment in which it would be lost comes behind that moment."""

import contextlib
import signal
import subprocess
import sys
import threading

import click
import pytest
from click.testing import CliRunner

from handouts.commands import main
from handouts.commands.batch_work import take_steps
from handouts.interrupts import hold_interrupts
from tests.commands.conftest import ROOT

LOADING = """
import signal, sys

class Key:
    def find_spec(self, name, path=None, target=None):
        if name == "uharfbuzz":
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Key())
from handouts.pdf.pen import open_recorder
try:
    open_recorder()
except KeyboardInterrupt:
    print("broken off")
"""


@pytest.mark.parametrize("masks", [True, False])
def test_ctrl_c_comes_behind_the_moment(masks, monkeypatch):
    if not masks:
        monkeypatch.delattr(signal, "pthread_sigmask", raising=False)
    done = []

    def hold():
        with hold_interrupts():
            signal.raise_signal(signal.SIGINT)
            done.append("moment")

    with pytest.raises(KeyboardInterrupt):
        hold()
    assert done == ["moment"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_work_that_takes_ctrl_c_for_an_error_is_broken_off_behind_it():
    class Key:
        def __hash__(self):
            signal.raise_signal(signal.SIGINT)
            return 1

    done = []

    def step(job, _):
        done.append(job)
        with contextlib.suppress(BaseException):
            hash(Key())
        return job

    with pytest.raises(KeyboardInterrupt):
        take_steps(("a", "b"), (step,))
    assert done == ["a", "b"]


def test_a_second_ctrl_c_breaks_work_that_hangs():
    done = []

    def hang(job, _):
        for _ in range(2):
            signal.raise_signal(signal.SIGINT)
            done.append(job)

    with pytest.raises(KeyboardInterrupt):
        take_steps(("a", "b"), (hang,))
    assert done == ["a"]


def test_other_threads_have_nothing_to_hold(monkeypatch):
    monkeypatch.delattr(signal, "pthread_sigmask", raising=False)
    done = []

    def work():
        with hold_interrupts():
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_ctrl_c_while_reportlab_loads_is_not_lost():
    command = [sys.executable, "-c", LOADING]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout == "broken off\n"


@pytest.mark.parametrize("moment", ["parse_args", "invoke"])
def test_ctrl_c_ends_with_130_from_the_first_word_on(moment, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(click.Group, moment, interrupt)
    result = CliRunner().invoke(main, ["list", "handouts"])
    assert (result.exit_code, result.stderr) == (130, "stopped\n")
