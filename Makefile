# `make demo` serves a filled product, `make test` runs the quick suite; everything else is listed by `make help`.
# Each target makes the virtual environment from the hashed lock first, when it is missing or stale.

PYTHON ?= python3
PY := .venv/bin/python
PYTEST := $(PY) -m pytest
CORES ?= 2
QUICK := not services and not browser and not deep and not bench
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help production setup demo test check test-services browser bench deep requirements lock pictures

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' Makefile | awk -F': ' '{printf "make %-14s %s\n", $$1, $$2}'

production:
	@$(PYTHON) -m tests.tools.environment production

setup: ## the virtual environment for development, from the lock
	@$(PYTHON) -m tests.tools.environment development

demo: production ## fill a database with a believable programme and serve it on 127.0.0.1:8000
	@echo "-- Preparing the database and the static files under var/"
	@GOLIVE_DEMO=1 $(PY) manage.py migrate --verbosity 0
	@GOLIVE_DEMO=1 $(PY) manage.py createcachetable
	@GOLIVE_DEMO=1 $(PY) manage.py collectstatic --noinput --verbosity 0
	@GOLIVE_DEMO=1 GOLIVE_BIND=127.0.0.1:$(PORT) $(PY) manage.py demo

test: setup ## the suite on SQLite; needs neither PostgreSQL, Redis nor Chromium
	@echo "-- The suite on SQLite, $(CORES) at a time (some minutes)"
	@$(PYTEST) -q -n $(CORES) -m "$(QUICK)" $(ALSO)

check: setup ## format, lint, types, templates, architecture, migrations: quick, before every commit
	@echo "-- Format and lint"
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@echo "-- Templates"
	@$(PY) -m djlint --quiet --lint templates
	@echo "-- Types (longer the first time)"
	@$(PY) -m mypy
	@echo "-- Migrations"
	@$(PY) manage.py makemigrations --check --dry-run
	@echo "-- Architecture"
	@$(PYTEST) -q -n $(CORES) tests/architecture

test-services: setup ## the suite on PostgreSQL, then Redis with a real Celery worker and beat
	@$(PY) -m tests.tools.services $(MAKE) --no-print-directory with-services

.PHONY: with-services
with-services:
	@echo "-- The suite on PostgreSQL, $(CORES) at a time (some minutes)"
	@REDIS_URL= $(PYTEST) -q -n $(CORES) -m "$(QUICK) and not once" --ignore=tests/architecture
	@echo "-- Redis, a Celery worker and beat"
	@$(PYTEST) -q -m services

browser: setup ## axe, journeys and pictures of pages in Chromium
	@$(PY) -m tests.tools.chromium
	@echo "-- Browser tests, $(CORES) at a time"
	@$(PYTEST) -q -n $(CORES) -m browser

bench: setup ## measure; prints numbers, fails on the limits of the tests
	@$(PYTEST) -q -s -p no:randomly -m bench

deep: setup ## the long property and race tests at full count, on both databases
	@echo "-- Full counts on SQLite, then on PostgreSQL (long)"
	@GOLIVE_DEEP=1 $(PYTEST) -q -n $(CORES) -m "not services and not browser and not bench"
	@GOLIVE_DEEP=1 $(PY) -m tests.tools.services \
		env REDIS_URL= $(PYTEST) -q -n $(CORES) -m "not services and not browser and not bench"
	@$(PY) -m tests.tools.chromium
	@echo "-- Two browsers at full count (two minutes)"
	@GOLIVE_DEEP=1 $(PYTEST) -q -m "browser and race"

requirements: setup ## which items of tests/requirements.toml no test proves yet
	@$(PY) -m tests.tools.requirements

lock: ## make both locks again from pyproject.toml (UPGRADE=--upgrade for newer versions)
	@$(PYTHON) -m tests.tools.lock $(UPGRADE)

pictures: setup ## the README's pictures of the main pages, from a demo of its own
	@$(PY) -m tests.tools.chromium
	@$(PY) -m tests.tools.pictures
