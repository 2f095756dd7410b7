"""What the tests of the library share."""

from hypothesis import settings

# A law holds or not; how long one example takes says only how busy the machine is.
settings.register_profile("laws", deadline=None)
settings.load_profile("laws")
