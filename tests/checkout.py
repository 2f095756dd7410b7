"""Where the files of the repository are that a test reads; the package asks nobody."""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
