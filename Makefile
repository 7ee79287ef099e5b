# The one list of commands, for laptop, hook and CI.
SHELL := /bin/bash
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONPATH
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
PORT ?= 8000

.PHONY: help setup setup-dev run test test-rules test-rooms test-journeys check format bench prove lock messages browser

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(VENV)/.base: 
	@python3 -m venv --without-pip $(VENV)
	@python3 -m pip --python $(BIN)/python install --quiet uv
	@touch $@

$(VENV)/.run: requirements/run.txt pyproject.toml $(VENV)/.base
	@echo "Setting up (first time, or something changed) …"
	@$(UV) pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements/run.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@echo "Setting up what tests need …"
	@$(UV) pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements/dev.txt
	@touch $@

PO := $(shell find src -name '*.po' 2>/dev/null)
$(VENV)/.messages: $(PO) $(VENV)/.run
	@$(BIN)/python scripts/messages.py compile
	@touch $@

setup: $(VENV)/.run $(VENV)/.messages ## make .venv with everything that the site needs
setup-dev: setup $(VENV)/.dev

run: setup ## set up, load the Empang case on first use, serve the site
	@$(BIN)/pendamping demo empang
	@$(BIN)/pendamping serve --port $(PORT)

lock: $(VENV)/.base ## pin every dependency with its hash, without index addresses
	@$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra postgres pyproject.toml -o requirements/run.txt
	@$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra postgres --group dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt

messages: setup-dev ## collect texts for translation into each room's catalogue
	@$(BIN)/python scripts/messages.py update

format: setup-dev ## put code in order
	@$(BIN)/ruff check --fix --quiet src tests scripts
	@$(BIN)/ruff format --quiet src tests scripts
