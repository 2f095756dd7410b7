"""`python -m qadaya`: the command, where its own name is not on the path."""

from qadaya.cli import main

if __name__ == "__main__":
    main()
