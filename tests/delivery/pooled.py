"""The command line that starts workers for a few sheets already."""

from handouts.commands import batch_run, main

batch_run.LEAST_FOR_POOL = 10

if __name__ == "__main__":
    main()
