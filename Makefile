# make sync: install what running needs and do the main job on the sample.   make test: install all of it and run the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNS := $(VENV)/.runs
STAMP := $(VENV)/.installed
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: sync test lint bench bench-all bench-conversion bench-formats bench-numbers bench-text bench-merging bench-review trace shape reproducible walk kills picture docs interface mutants clean setup tools lock

sync: $(RUNS)
	@echo "Now l10n-flow sync: it brings the catalogues of the sample article up to date, checks them, and writes a preview."
	@$(BIN)/l10n-flow sync
	@echo "Look at preview/index.html (the editions), locales/ (the catalogues), and docs/index.md."

setup: $(STAMP)

# What running needs.
$(RUNS): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "l10n-flow needs Python 3.11 or later; say: make PYTHON=python3.12 sync"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "The venv module is missing; install it (Debian: apt-get install python3-venv) and run make again"; exit 2; }
	@echo "Installing l10n-flow and the libraries that it imports into $(VENV) (requirements.lock; the first time they are downloaded) ..."
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src
	@touch $(RUNS)

# What the tests and other targets need besides.
$(STAMP): $(RUNS) requirements-dev.lock
	@echo "Installing what tests and checks need into $(VENV) (requirements-dev.lock; the first time it is downloaded) ..."
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $(STAMP)

# The tests compare with GNU gettext's own programs, and look at the review page in Chromium.
tools:
	@need=; \
	command -v msgfmt >/dev/null || need="$$need gettext"; \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	  || need="$$need chromium"; \
	test -z "$$need" || { \
	  echo "The tests need$$need; installing with apt (Debian, as root): apt-get install$$need"; \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq --no-install-recommends $$need >/dev/null; \
	  else echo "not root: run 'sudo apt-get install$$need' and then make test again"; exit 2; fi; }

test: setup tools
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/oxlint src

bench: setup
	$(BIN)/python bench/run.py $(BENCH)
	$(BIN)/python bench/conversion_peers.py

# The same with 2,000 documents, and 100,000 units on the review page; BENCH=--write puts the figures into docs/bench.md.
bench-all: setup
	$(BIN)/python bench/run.py --documents 2000 $(BENCH)
	$(BIN)/python bench/review.py --units 500 5000 100000
	$(BIN)/python bench/conversion_peers.py

bench-conversion: setup
	$(BIN)/python bench/conversion_peers.py

# Reading and writing large files: make bench-formats FORMATS="html docx"
bench-formats: setup
	$(BIN)/python bench/formats.py $(FORMATS)

# Make it with PAIRS=--pairs=FILE, NTREX=--ntrex=DIR for more pairs than our own (docs/numbers.md).
bench-numbers: setup
	$(BIN)/python bench/number_checks.py $(PAIRS) $(NTREX)
	$(BIN)/python bench/number_checks.py $(PAIRS) $(NTREX) --unseen

# Kinds of blocks, and what must hold for every text. ARCHIVE is a folder with the articles (docs/bench.md); nothing is fetched.
bench-text: setup
	@test -d "$(ARCHIVE)" || { echo "say where the articles are: make bench-text ARCHIVE=folder (docs/bench.md)"; exit 2; }
	$(BIN)/python bench/kinds.py "$(ARCHIVE)"
	$(BIN)/python bench/invariants.py "$(ARCHIVE)" $(TEXTS)

# Other drivers beside ours: DRIVERS="--driver NAME=COMMAND".
bench-merging: setup
	$(BIN)/python bench/merging.py $(DRIVERS)

bench-review: setup
	$(BIN)/python bench/review.py

# Which of our modules a sync and a build enter, and which files they read.
trace: setup
	$(BIN)/python bench/trace.py $(AT:%=--at %)

# How large the code is, and which class names mean several things.
shape: setup
	$(BIN)/python bench/shape.py $(AT:%=--at %)

# Random steps over the real commands, and kills and failing system calls in each (docs/walk.md): make walk STEPS=3000 SEED=7
STEPS ?= 300
walk: setup tools
	cd tests && ../$(BIN)/python -m walk steps --seed $(SEED) --number $(STEPS) --only "$(ONLY)"

KILLS ?= 40
CALLS ?= 10
kills: setup tools
	cd tests && ../$(BIN)/python -m walk kills --seed $(SEED) --number $(KILLS) --calls $(CALLS) --only "$(ONLY)"

# Whether what is written depends on the sources alone. Other sources: PROJECT=folder.
reproducible: setup
	$(BIN)/python tools/reproducible.py $(PROJECT)

# The picture of the README, from the real page.
picture: setup tools
	$(BIN)/python tools/picture.py

docs: setup
	$(BIN)/python -m pytest -q tests/test_docs.py
	@echo "The documentation begins in docs/index.md; its links, commands, settings and rules are in order."

# After a change of the sentences of our pages, or of how they are translated.
interface: setup
	$(BIN)/python tools/interface/keep.py

# Small changes of the program that a test must notice (docs/mutants.md): make mutants SAMPLE=50 SEED=7 ONLY=catalogue/merge.py
SAMPLE ?= 200
SEED ?= 1
mutants: setup
	@$(BIN)/python tools/mutants/run.py --sample $(SAMPLE) --seed $(SEED) --only "$(ONLY)"

# After a change of the dependencies in pyproject.toml.
lock:
	$(PYTHON) -m pip install --quiet uv
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --group dev --output-file requirements-dev.lock pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --group install --constraint requirements-dev.lock --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) build .build.* preview .preview.* .l10n-flow .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .mutants dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
