"""Sheets made on the machines of a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any

from handouts.delivery.batch import Press, Work
from handouts.delivery.jobs import Job, Outcome
from handouts.diagnostics import DeliveryError, Diagnostic, HandoutError, Span

CONNECT = 10
"""Seconds to wait for the scheduler."""

RETRIES = 3
"""Times that a group is run again when the worker that had it is lost."""


def work_on_cluster(work: Work, address: str) -> Press:
    """Return the press that sends groups to a Dask cluster; ``work`` must return bytes, which are written here.

    DeliveryError when ``distributed`` is not installed or the scheduler cannot be reached; HandoutError of a worker
    that cannot open the content of the batch. Rows of a lost worker are run again by Dask; each result is taken once.
    """

    def press(groups: Iterable[Sequence[Job]]) -> Iterator[list[Outcome]]:
        distributed = _import_client()
        client = _open_client(distributed, address)
        pending: dict[Any, Sequence[Job]] = {}

        def collect() -> Iterator[list[Outcome]]:
            for future in distributed.wait(list(pending), return_when="FIRST_COMPLETED").done:
                group = pending.pop(future)
                failure = future.exception()
                if isinstance(failure, HandoutError):
                    raise failure
                yield future.result() if failure is None else [Outcome(job, None, _explain(failure)) for job in group]

        try:
            most = max(4, 3 * sum(client.nthreads().values()))
            for group in groups:
                pending[client.submit(work, group, pure=False, retries=RETRIES)] = group
                if len(pending) >= most:
                    yield from collect()
            while pending:
                yield from collect()
        except OSError as problem:
            raise DeliveryError(_explain_cluster(address, "the cluster was lost")) from problem
        finally:
            client.close(timeout=2)

    return press


def _import_client() -> Any:
    try:
        return import_module("distributed")
    except ImportError:
        message = "work on a cluster needs dask.distributed"
        hint = "pip install 'handouts[dask]'"
        raise DeliveryError(Diagnostic("extra-missing", message, Span("--dask"), hint=hint)) from None


def _open_client(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(address, timeout=CONNECT, set_as_default=True)
    except (OSError, ValueError, ImportError) as problem:
        raise DeliveryError(_explain_cluster(address, "the cluster cannot be reached")) from problem


def _explain_cluster(address: str, message: str) -> Diagnostic:
    hint = "see that the scheduler runs and has workers, then run the same command again: it goes on where it stopped"
    return Diagnostic("cluster", message, Span(f"--dask {address}"), hint=hint)


def _explain(failure: BaseException) -> str:
    return f"the cluster could not run this row ({type(failure).__name__})"
