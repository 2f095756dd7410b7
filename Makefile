# Two commands do the whole job: `make report` and `make test`.
# They need python3 (3.11 or newer) and make; everything else is set up in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help report gate test fuzz kills brute lab check wheel-check bench scale clean setup

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 13

report: $(READY) ## returns to pages; synthetic returns where the register is empty
	@$(BIN)/qadaya synthetic
	@$(BIN)/qadaya edition --audience internal
	@$(BIN)/qadaya edition --audience shared
	@$(BIN)/qadaya report

# Internal pages are the shared ones with exact counts; these two have rooms of their own.
gate: $(READY) ## pages as their readers see them: five widths, the dark, paper
	$(BIN)/python tests/gate_pages.py reports/*.html reports/shared/*.html \
	  reports/internal/index*.html reports/internal/quality*.html \
	  reports/internal/returns*.html

# A file's tests stay in one process: they share editions, pages and a JupyterLab.
test: $(READY) ## every test
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile \
	  --no-loadscope-reorder

fuzz: $(READY) ## 50,000 damaged files, 5,000 examples of each law, for the night
	QADAYA_FUZZ=50000 $(BIN)/python -m pytest tests/returns/test_fuzz.py
	$(BIN)/python -m pytest --hypothesis-profile night --numprocesses auto \
	  --dist loadfile $(shell grep -rl '^from hypothesis import given' tests)

kills: $(READY) ## a register killed at every step, and 300 times beside another, for the night
	QADAYA_KILLS=300 $(BIN)/python -m pytest -n 0 --durations=0 tests/test_register_kills.py

brute: $(READY) ## 5,000 small tables against brute force, for the night
	SDCTABLES_CASES=5000 $(BIN)/python -m pytest -s lib/sdctables/tests/test_random_cases.py

lab: $(READY) ## JupyterLab on the notebooks
	QADAYA_HOME='$(CURDIR)' $(BIN)/jupyter lab notebooks

check: $(READY) ## format, lint, types, no outputs in the notebooks, the ledger
	$(BIN)/ruff format --check lib tests bench .ci
	$(BIN)/ruff check lib tests bench .ci
	$(BIN)/mypy
	$(BIN)/nbstripout --keep-id --verify notebooks/*.ipynb
	$(BIN)/qadaya ledger check

wheel-check: $(READY) ## both wheels, installed and tried out away from here
	$(BIN)/python .ci/wheel_check.py

bench: $(READY) ## speed and memory, peers and ours in one run: docs/benchmarks.md
	$(BIN)/python bench/run_all.py

scale: $(READY) ## counting to 100 million rows: docs/scale.md; protection to 50,000 small counts
	$(BIN)/python bench/scale.py
	$(BIN)/python bench/scale_protection.py --all --limit 120

clean: ## remove pages and caches; the register and the editions stay
	rm -rf reports build .pytest_cache .mypy_cache .ruff_cache .hypothesis lib/*.egg-info lib/sdctables/*.egg-info lib/sdctables/build
	find lib tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

setup: $(READY) ## the virtual environment alone

# The stamp is written last, so that a broken installation is tried again.
$(READY): requirements.txt pyproject.toml lib/sdctables/pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is older than 3.11; name a newer one: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e ./lib/sdctables -e .
	@touch $(READY)
