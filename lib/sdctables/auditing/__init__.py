"""What a reader can work out of published counts, cell by cell."""
