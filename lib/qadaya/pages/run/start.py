"""Starts `qadaya.pages.run.worker`; what it imports on its way is said before that."""

from qadaya.slow_imports import do_without


def main() -> None:
    """Be a worker until no more jobs come."""
    do_without()
    # Imported here: it must not begin before the slow package is out of the way.
    from qadaya.pages.run.worker import main as work

    work()


if __name__ == "__main__":
    main()
