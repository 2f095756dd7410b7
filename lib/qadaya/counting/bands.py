"""Sentences in bands: what a table can count, since months and fines do not add.

A band holds what lies below its limit and not below that of the band before. The
limits follow the penalties of article 503-2 of the penal code: imprisonment from one
to five years, a fine from 10,000 dirhams.
"""

import math

from qadaya.language import translator

NOT_STATED = "not_stated"

IMPRISONMENT_BANDS = {
    "under_12": 12.0,
    "12_to_23": 24.0,
    "24_to_59": 60.0,
    "60_and_more": math.inf,
}
FINE_BANDS = {
    "under_10000": 10_000.0,
    "10000_to_49999": 50_000.0,
    "50000_and_more": math.inf,
}
BANDS_OF_MEASURE = {
    "imprisonment_months": (*IMPRISONMENT_BANDS, NOT_STATED),
    "fine_mad": (*FINE_BANDS, NOT_STATED),
}
MEASURES_OF_SENTENCE = {
    "imprisonment_months": "Imprisonment, in months",
    "fine_mad": "Fine, in dirhams",
}
_WORDS = {
    "under_12": "Under 12 months",
    "12_to_23": "12 to 23 months",
    "24_to_59": "24 to 59 months",
    "60_and_more": "60 months and more",
    "under_10000": "Under 10,000 dirhams",
    "10000_to_49999": "10,000 to 49,999 dirhams",
    "50000_and_more": "50,000 dirhams and more",
    NOT_STATED: "Not stated",
}


def band_label(band: str, language: str) -> str:
    """The words for a band: `band_label("under_12", "ar")`."""
    return translator(language, "counting.bands").gettext(_WORDS[band])


def sentence_label(measure: str, language: str) -> str:
    """What a band measures: `sentence_label("fine_mad", "fr")`."""
    return translator(language, "counting.bands").gettext(MEASURES_OF_SENTENCE[measure])
