# What one types: `make run` and `make test`. `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links
PYTEST := $(BIN)/python -m pytest
# Tests that wait for a browser or another process leave a core free: further workers take it.
PARALLEL ?= -n 3 --dist loadgroup
PARALLEL_LONG ?= -n 4 --dist loadgroup
# With SERIES=--long the long series run whole in `make test`, in one go with all else, and `make test-all` runs them no second time.
SERIES ?=
ON_POSTGRES := .ci/with-postgres $(PYTEST) $(PARALLEL) -m "database and not browser and not once

.PHONY: help run install dev test test-fast test-long test-weekly test-postgres test-index test-s3 test-all lint format types lock clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 24

run: $(VENV)/.site ## set up everything, load a sample newspaper, serve it on http://localhost:8000
	@exec $(BIN)/python manage.py serve --prepare

install: $(VENV)/.site ## only install what the site runs on

dev: $(VENV)/.dev ## install what tests and linters need as well

test: $(VENV)/.dev ## the whole suite, browser journeys included where there is a Chromium
	@$(PYTEST) $(PARALLEL_LONG) $(SERIES) $(ARGS)
	@test -x /usr/bin/chromium-headless-shell || test -x /usr/bin/chromium || printf '\n%s\n' \
		'NOTE: the browser tests were skipped: there is no Chromium. Install it: apt install chromium-headless-shell'

test-fast: $(VENV)/.dev ## the part without a browser
	@$(PYTEST) $(PARALLEL) -m "not browser" $(ARGS)

test-long: $(VENV)/.dev ## the long series, whole
	@$(PYTEST) $(PARALLEL_LONG) --long -m "long and not weekly and not deep" $(ARGS)

test-weekly: $(VENV)/.dev ## what is too much for every change: all sixty sessions of sabotage, every page in every look
	@$(PYTEST) $(PARALLEL_LONG) --weekly -m "weekly or deep" $(ARGS)
	@$(ON_POSTGRES) and apart" $(ARGS)

test-postgres: $(VENV)/.dev ## what asks the database again, on a PostgreSQL of its own
	@$(ON_POSTGRES) and not apart" $(ARGS)

test-index: $(VENV)/.dev ## the tests of the search again, on PostgreSQL with its index on disk
	@NEWSROOM_INDEX=disk $(ON_POSTGRES) and not apart" tests/index tests/search/test_hidden.py $(ARGS)

test-s3: $(VENV)/.dev ## the tests of pictures' files again, on an S3 server of their own
	@NEWSROOM_STORE=s3 $(PYTEST) $(PARALLEL) -m "database and not browser" tests/media tests/archive/test_files.py $(ARGS)

test-all: test $(if $(SERIES),,test-long) test-postgres test-index test-s3 ## everything but test-weekly

lint: $(VENV)/.dev ## formatting, rules, templates, types, migrations, deployment checks
	@.ci/lint

format: $(VENV)/.dev ## put code and templates in the house's form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix-only --exit-zero --quiet .
	@find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} + || true

lock: $(VENV)/.dev ## pin requirements*.in anew, with hashes, for Python 3.11 to 3.14
	@$(LOCK) --upgrade requirements.in -o requirements.txt
	@$(LOCK) --upgrade requirements-postgres.in -o requirements-postgres.txt
	@$(LOCK) --upgrade requirements-redis.in -o requirements-redis.txt
	@$(LOCK) --upgrade requirements-s3.in -o requirements-s3.txt
	@$(LOCK) --upgrade requirements-heic.in -o requirements-heic.txt
	@$(LOCK) --upgrade requirements-docx.in -o requirements-docx.txt
	@$(LOCK) --upgrade requirements-dev.in -o requirements-dev.txt
	@git --no-pager diff --stat -- 'requirements*.txt'

clean: ## remove the environment and caches (never var/, where the newspaper is)
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +

$(BIN)/python:
	@.ci/make-venv $(VENV)

$(VENV)/.site: requirements.txt | $(BIN)/python
	@echo 'Installing what the site runs on …'
	@.ci/install $(BIN)/python requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(BIN)/python
	@echo 'Installing what tests and linters need …'
	@.ci/install $(BIN)/python requirements-dev.txt
	@touch $@ $(VENV)/.site
