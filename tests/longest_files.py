"""The order of test files: a long one that comes last is waited for."""

# The files that take longest, from the longest on.
LONGEST = (
    "test_pages_of_notebooks.py",
    "test_explore_browser.py",
    "test_shared.py",
    "test_run.py",
    "test_bench.py",
    "test_explore_lab.py",
    "test_pages_browser.py",
    "test_notebooks.py",
    "test_register_kills.py",
    "test_suppressed_edition.py",
    "test_chapter.py",
    "test_leaks.py",
    "test_register.py",
    "test_disclosure_laws.py",
    "test_cli_editions.py",
    "test_kinds_of_files.py",
    "test_border.py",
)
