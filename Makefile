# Pass It On. `make run` tries it out, `make test` proves it; `make` alone lists the rest.
# A machine needs Python 3.11 or later (with venv) and make: everything else is put inside the clone.

SHELL = /bin/sh
VENV = .venv
PY = $(VENV)/bin/python
INTAKE = $(VENV)/bin/intake
NODE = $(VENV)/bin/node
PORT ?= 8000
TEST_WORKERS ?= 3
PURE = intake/policy/*,intake/routing/*,intake/casework/*,intake/crypto/*,intake/calendars/*

# Whatever pip is told by its own configuration (an index, a certificate) it keeps to; the locks name none.
PIP_INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check
LOCKED = $(PIP_INSTALL) --only-binary :all: --require-hashes
LOCK = uv pip compile --quiet --universal --python-version 3.11 --only-binary :all: --generate-hashes \
	--no-header --no-annotate

# Stamps: nothing is fetched, installed or built again until what it was made from has changed.
RUN_SET = $(VENV)/.run-set
DEV_SET = $(VENV)/.dev-set
MUTANT_SET = $(VENV)/.mutant-set
SECURITY_SET = $(VENV)/.security-set
WAPITI = $(VENV)/wapiti
WAPITI_SET = $(WAPITI)/.set
PROGRAM = $(VENV)/.program
PACKAGES = node_modules/.package-lock.json
BUILD = intake/static/build
ASSETS = $(BUILD)/app.css
SOURCES = $(shell find intake/static/src -type f 2>/dev/null)

.PHONY: help setup run serve test sure check unit browser mutants security coverage format locks clean environment tools

help:
	@echo "make run      set up, load invented people and a fortnight of history, serve on http://localhost:$(PORT)"
	@echo "make setup    set up only: environment, key ring, database, directory, signs"
	@echo "make serve    serve for real, behind a reverse proxy (docs/runbook)"
	@echo "make test     set up the tests' own tools and databases, and run everything"
	@echo "make sure     format, lint, types, import contracts, then make test"
	@echo "make unit     the quick tests only"
	@echo "make mutants  change the rules of when and where in every small way, and see that a test fails"
	@echo "make security the long tests of security, in parts that go on where they stopped (docs/security-tests.md)"
	@echo "make format   put the code in its one format"
	@echo "make locks    write requirements/*.txt and package-lock.json anew (fetches)"
	@echo "make clean    remove what setup built; never the database or the keys"

# ---------------------------------------------------------------------------------------------- set up

$(PY):
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    rm -rf $(VENV); \
	    "$$python" -m venv $(VENV) && exit 0; \
	    rm -rf $(VENV); \
	    echo "Python has no venv module here: install it (on Debian and Ubuntu: apt install python3-venv)." >&2; \
	    exit 1; \
	  fi; \
	done; \
	echo "Python 3.11 or later is needed, and none was found: install one, or name it with PYTHON=..." >&2; \
	exit 1

$(RUN_SET): requirements/run.txt requirements/build.txt | $(PY)
	@echo "Installing what the program runs with"
	@$(LOCKED) -r requirements/run.txt -r requirements/build.txt
	@touch $@

$(DEV_SET): requirements/dev.txt $(RUN_SET)
	@echo "Installing what the tests run with"
	@$(LOCKED) -r requirements/run.txt -r requirements/build.txt -r requirements/dev.txt
	@touch $@

$(MUTANT_SET): requirements/mutants.txt $(DEV_SET)
	@$(LOCKED) -r requirements/mutants.txt
	@touch $@

$(SECURITY_SET): requirements/security.txt requirements/token.txt $(MUTANT_SET)
	@$(LOCKED) -r requirements/security.txt -r requirements/token.txt
	@touch $@

# What wapiti needs clashes with what the program is locked with, so it lives apart. Some of it comes as source alone:
# what builds that is locked as well, and installed first.
WAPITI_INSTALL = $(WAPITI)/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes
WAPITI_SOURCES = yaswfp,pyperclip,urwid-mitmproxy
$(WAPITI_SET): requirements/wapiti.txt requirements/wapiti-build.txt | $(PY)
	@$(PY) -m venv --clear $(WAPITI)
	@$(WAPITI_INSTALL) -r requirements/wapiti-build.txt
	@$(WAPITI_INSTALL) --no-binary $(WAPITI_SOURCES) --no-build-isolation -r requirements/wapiti.txt
	@touch $@

$(PROGRAM): pyproject.toml $(RUN_SET)
	@$(PIP_INSTALL) --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(PACKAGES): package.json package-lock.json .npmrc $(RUN_SET)
	@echo "Installing what the pages are styled with"
	@$(VENV)/bin/npm ci --ignore-scripts --silent
	@touch $@

$(ASSETS): $(PACKAGES) $(SOURCES)
	@mkdir -p $(BUILD)
	@cp node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js $(BUILD)/
	@for file in intake/static/src/*.js intake/static/src/*.svg; do if [ -f "$$file" ]; then cp "$$file" $(BUILD)/; fi; done
	@$(NODE) node_modules/sass/sass.js --style=compressed --no-source-map --no-error-css --quiet-deps \
	  --load-path=node_modules intake/static/src/app.scss $(ASSETS)
	@touch $@

environment: $(PROGRAM) $(ASSETS)

tools: environment $(DEV_SET)

setup: environment
	@$(INTAKE) setup

# ------------------------------------------------------------------------------------------------- run

run: environment
	@PORT=$(PORT) exec $(INTAKE) sample run

serve: setup
	@exec $(INTAKE) serve

# ------------------------------------------------------------------------------------------------ prove

# The tests make their own databases and keys, in temporary folders: they never open instance/ or keys/.
# Coverage is of what calls the code, not of what looks at the pages in a browser.
test: tools
	@$(PY) -m tests.support.browser
	@$(PY) -m coverage erase
	$(PY) -m pytest -n $(TEST_WORKERS) --dist worksteal --cov --cov-report= --ignore=tests/e2e tests
	@$(MAKE) --no-print-directory coverage
	$(PY) -m pytest -n 2 --dist worksteal tests/e2e

coverage:
	@echo "Branch coverage of the rules, which must be whole:"
	@$(PY) -m coverage report --include='$(PURE)' --fail-under=100
	@echo "Branch coverage of everything:"
	@$(PY) -m coverage report --fail-under=95

unit: tools
	$(PY) -m pytest -n $(TEST_WORKERS) --dist worksteal tests/unit tests/architecture

browser: tools
	@$(PY) -m tests.support.browser
	$(PY) -m pytest -n 2 --dist worksteal tests/e2e

# One group only: make mutants ONLY=routing. All of the trail's rows: make mutants ONLY="--whole \"trail's rows\""
ONLY ?= calendars routing
mutants: tools $(MUTANT_SET)
	@echo "How far it is: wc -l test-output/mutants/*.jsonl"
	@nice -n 19 $(PY) -m tests.support.mutants --try $(ONLY)

# Some parts only, or what was run already: make security PARTS='T2 T7 --again --strict'
security: tools $(SECURITY_SET) $(WAPITI_SET)
	@nice -n 10 $(PY) -m tests.security.run $(PARTS)

check: tools
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

sure: check test

format: tools
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

# -------------------------------------------------------------------------------------------- look after

locks: tools
	cd requirements && for set in run build dev mutants security token; do \
	  PATH="../$(VENV)/bin:$$PATH" $(LOCK) --output-file $$set.txt $$set.in || exit 1; done
	cd requirements && for set in wapiti wapiti-build; do PATH="../$(VENV)/bin:$$PATH" $(LOCK) --no-binary yaswfp \
	  --no-binary pyperclip --no-binary urwid-mitmproxy --output-file $$set.txt $$set.in || exit 1; done
	$(VENV)/bin/npm install --package-lock-only --ignore-scripts

clean:
	rm -rf $(VENV) node_modules $(BUILD) mutants test-output .coverage .coverage.* \
	  .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
