"""What a notebook calls: a module for each question, tables and sentences together."""
