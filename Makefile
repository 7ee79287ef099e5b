# The one list of commands, for laptop, hook and CI.
SHELL := /bin/bash
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONPATH
unexport DJANGO_SETTINGS_MODULE
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
PYTHON ?= python3
PORT ?= 8000
PYTEST := $(BIN)/python -m pytest
ON_EVERY_CORE := -n auto
# a journey waits for its browser and its server: one more than there are cores
FILE_BY_FILE := -n $(shell expr $$(nproc) + 1) --dist loadfile --no-loadscope-reorder
ON_POSTGRES := $(BIN)/python -m tests.postgres --

.PHONY: help setup setup-dev run test test-rules test-rooms test-rooms-postgres test-architecture \
	test-journeys test-journeys-postgres check format prove lock messages browser addresses screenshot

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 24

# --- setting up ------------------------------------------------------------------------------

# --without-pip: bare Debian has venv, but not the wheels that python3-venv brings
$(VENV)/.base: requirements/build.txt
	@$(PYTHON) scripts/check_python.py
	@$(PYTHON) -m venv --without-pip $(VENV)
	@$(PYTHON) -m pip --python $(BIN)/python install -qq --disable-pip-version-check --require-hashes -r requirements/build.txt
	@touch $@

$(VENV)/.run: requirements/run.txt pyproject.toml $(VENV)/.base
	@echo "Setting up (first time, or something changed) …"
	@$(UV) pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements/run.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@echo "Setting up what tests need …"
	@$(UV) pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements/dev.txt
	@touch $@

PO := $(shell find src -name '*.po' 2>/dev/null)
$(VENV)/.messages: $(PO) scripts/messages.py $(VENV)/.run
	@$(BIN)/python scripts/messages.py compile
	@touch $@

setup: $(VENV)/.run $(VENV)/.messages ## make .venv with everything that the site needs
setup-dev: setup $(VENV)/.dev

# the pinned playwright drives the Chromium of the system; nothing is fetched besides
browser: setup-dev ## find a browser for the journeys, or install it, or say what to type
	@$(BIN)/python scripts/check_browser.py

# --- using -----------------------------------------------------------------------------------

run: setup ## set up, load the Empang case on first use, serve the site
	@$(BIN)/pendamping demo empang
	@$(BIN)/pendamping serve --port $(PORT)

# --- testing ---------------------------------------------------------------------------------

test: setup-dev browser ## everything: rules, rooms and journeys on SQLite and PostgreSQL, architecture
	@echo "== everything, on SQLite"; $(PYTEST) $(FILE_BY_FILE) tests/journeys tests/architecture tests/rules tests/rooms
	@echo "== rooms and journeys, on PostgreSQL"; $(ON_POSTGRES) $(PYTEST) $(FILE_BY_FILE) tests/journeys tests/rooms

test-rules: setup-dev ## pure rules, no database
	@echo "== rules"; $(PYTEST) $(ON_EVERY_CORE) tests/rules

test-architecture: setup-dev ## floors, doors, foreign keys, files, docs
	@echo "== architecture"; $(PYTEST) $(ON_EVERY_CORE) tests/architecture

test-rooms: setup-dev ## actions, constraints and pages on SQLite
	@echo "== rooms on SQLite"; $(PYTEST) $(ON_EVERY_CORE) tests/rooms

test-rooms-postgres: setup-dev ## the same on PostgreSQL
	@echo "== rooms on PostgreSQL"; $(ON_POSTGRES) $(PYTEST) $(ON_EVERY_CORE) tests/rooms

test-journeys: browser ## a ward in a real browser, on SQLite
	@echo "== journeys on SQLite"; $(PYTEST) $(FILE_BY_FILE) tests/journeys

test-journeys-postgres: browser ## the same on PostgreSQL
	@echo "== journeys on PostgreSQL"; $(ON_POSTGRES) $(PYTEST) $(FILE_BY_FILE) tests/journeys

prove: setup-dev browser ## what takes long: run before an issue is called resolved
	@PENDAMPING_EXAMPLES=search $(PYTEST) $(ON_EVERY_CORE) tests/rules
	@$(PYTEST) tests -m prove
	@$(ON_POSTGRES) $(PYTEST) tests/rooms tests/journeys -m prove

check: setup-dev ## format, lint, types, floors, migrations, texts, settings, docs
	@$(BIN)/python scripts/check.py

# --- keeping ---------------------------------------------------------------------------------

lock: $(VENV)/.base ## pin every dependency with its hash, without index addresses
	@$(BIN)/python scripts/lock.py

messages: setup-dev ## collect texts for translation into each room's catalogue
	@$(BIN)/python scripts/messages.py update

addresses: setup-dev ## make docs/addresses.md anew
	@$(BIN)/python scripts/addresses.py

screenshot: browser ## make docs/screenshot.png anew
	@PENDAMPING_SCREENSHOT=1 $(PYTEST) tests/journeys/test_screenshot.py

format: setup-dev ## put code in order
	@$(BIN)/ruff check --fix --quiet src tests scripts
	@$(BIN)/ruff format --quiet src tests scripts
