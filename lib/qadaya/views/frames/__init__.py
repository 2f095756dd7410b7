"""The data behind what is seen: counts with their states, errors and intervals."""
