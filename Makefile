# Everything a newcomer needs is `make run` and `make test`; `make help` lists the rest.
PYTHON ?= python3
UV_VERSION := 0.13.8
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest --numprocesses=2 --no-loadscope-reorder
STAMP := $(VENV)/.setup
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
export UV_SYSTEM_CERTS := 1
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup web web-lint web-lighthouse run run-services test test-slow check chaos lint bench migrate docs lock clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */  make \1|/' | column -t -s '|'

setup: $(STAMP) web  ## install everything into .venv, and build the web app
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Berth needs Python 3.11 or newer; set PYTHON=/path/to/python3.11" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv module is missing (Debian: apt install python3-venv)"; exit 1; }
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv pip sync --quiet --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

web: $(STAMP)  ## build the web app, if its sources changed (BERTH_WEB=skip does not)
	@$(BIN)/python web/build.py

run: setup  ## serve on http://127.0.0.1:8000 with an embedded database
	@$(BIN)/berth serve

run-services: setup  ## serve every service apart, behind nginx, with NATS (BROKER=rabbitmq for RabbitMQ)
	@$(BIN)/python -m deploy.local

test: setup  ## run the tests
	@$(PYTEST)

test-slow: setup  ## tell every story in the other topologies, and search for faults at length
	@BERTH_PROOF_SCALE=5 $(PYTEST) -m "slow or proof"

lint: setup web-lint
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

web-lint: setup  ## check the web app: types, style, layers, sentences, and its unit tests
	@$(BIN)/python web/build.py check

web-lighthouse: setup  ## measure the web app with Lighthouse, which npm installs apart: 8 min
	@! command -v npm >/dev/null || (cd web/lighthouse && npm ci --silent)
	@$(BIN)/python -m pytest -m "slow or not slow" tests/web/lighthouse/pages.py

check: lint test test-slow web-lighthouse  ## everything: an hour on two cores

chaos: setup  ## kill everything at random under load, and prove that nothing is lost (FAULTS=100 BROKER=nats)
	@$(BIN)/python -m chaos --faults $(or $(FAULTS),100) --broker $(or $(BROKER),nats)

bench: setup  ## measure Berth against bare PostgreSQL, in one run
	@$(BIN)/python -m bench

migrate: setup  ## bring the database to the newest schema
	@$(BIN)/berth migrate

docs: setup  ## write the HTTP API to docs/openapi.json and the events to docs/events.json
	@$(BIN)/berth openapi > docs/openapi.json
	@$(BIN)/berth events schema --into docs/events.json

lock: setup  ## resolve the dependencies anew
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --group pyproject.toml:dev pyproject.toml -o requirements.lock

clean:  ## remove the environment and the caches, never the data
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
