"""What can go wrong, in words that a person can act on.

Every message is one line: where, what was found, what is expected, what to do.
`qadaya.cli` prints these without a traceback; any other exception is a fault of ours.
They are one family with those of the library below, which refuses in the same words.
"""

from sdctables.errors import DisclosureError, ParameterError
from sdctables.errors import SdcError as QadayaError

__all__ = [
    "DisclosureError",
    "EditionError",
    "ParameterError",
    "QadayaError",
    "ReturnError",
]


class ReturnError(QadayaError):
    """A file or a register cannot be read or written."""


class EditionError(QadayaError):
    """An edition is missing, incomplete or cannot be built."""
