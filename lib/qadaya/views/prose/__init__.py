"""What a person reads: words, numbers and dates in three languages, and sentences."""
