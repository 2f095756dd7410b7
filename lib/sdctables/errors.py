"""What can go wrong, in a line: where, what was found, what is expected, what next."""


class SdcError(Exception):
    """Something from outside cannot be used; the message says what to do."""


class ParameterError(SdcError):
    """A parameter is unknown, of the wrong type or out of range."""


class DisclosureError(SdcError):
    """Publishing this would let a reader learn what must stay protected."""
