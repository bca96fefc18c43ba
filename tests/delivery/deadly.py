"""The command line with one row that ends its process; processes that it starts import this module as well."""

import os

from handouts.commands import batch_run, main
from handouts.pipeline import Pipeline

DEADLY = os.environ.get("DEADLY", "HL-57")
batch_run.LEAST_FOR_POOL = 10
plan = Pipeline.plan


def end(self, handout, record, *arguments):
    if record.reference == DEADLY:
        os._exit(3)
    return plan(self, handout, record, *arguments)


Pipeline.plan = end

if __name__ == "__main__":
    main()
