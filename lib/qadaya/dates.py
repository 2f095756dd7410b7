"""Days and months in words, with Morocco's own names of the months in Arabic."""

from datetime import date

from babel.dates import format_date

# With Western digits, as Morocco writes them.
_LOCALES = {"ar": "ar_MA", "fr": "fr", "en": "en_GB"}


def day_in_words(day: date, language: str) -> str:
    """A day: 31 July 2026, 31 juillet 2026, 31 يوليوز 2026."""
    return str(format_date(day, "d MMMM y", locale=_LOCALES[language]))


def month_in_words(month: date, language: str) -> str:
    """The month of a day: July 2026, juillet 2026, يوليوز 2026."""
    return str(format_date(month, "MMMM y", locale=_LOCALES[language]))
