"""``python -m interviewbot``: the same as the ``interviewbot`` command."""

from interviewbot.cli.main import run

if __name__ == "__main__":
    run()
