"""Front door of a checkout: ``python cli.py make …`` does what ``handouts make …`` does once installed."""

from handouts.commands import main

if __name__ == "__main__":
    main(prog_name="python cli.py")
