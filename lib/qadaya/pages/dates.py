"""Dates as people write them. Apart, so that the index need not read notebooks."""

from datetime import date

from babel.dates import format_date

# Morocco's Arabic: its own month names, and Western digits.
LOCALE = {"ar": "ar_MA", "fr": "fr_FR", "en": "en_GB"}


def date_words(day: str, language: str) -> str:
    """An ISO date in words: 31 July 2026, 31 يوليوز 2026."""
    return format_date(date.fromisoformat(day[:10]), "long", locale=LOCALE[language])
