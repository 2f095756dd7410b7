"""What can go wrong, in words that a person can act on.

Every message is one line: where, what was found, what is expected, what to do.
`qadaya.cli` prints these without a traceback; any other exception is a fault of ours.
"""


class QadayaError(Exception):
    """Something from outside cannot be used; the message says what to do."""


class ParameterError(QadayaError):
    """A parameter is unknown, of the wrong type or out of range."""


class ReturnError(QadayaError):
    """A file or a register cannot be read or written."""


class EditionError(QadayaError):
    """An edition is missing, incomplete or cannot be built."""


class DisclosureError(QadayaError):
    """Publishing this would let a reader learn what must stay protected."""
