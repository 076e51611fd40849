# Two commands do everything: `make run` serves Maru, `make test` proves it. Both install what
# they need, into this directory; only the test tools (servers, a browser) come from the system.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory

export PATH := $(CURDIR)/.venv/bin:$(PATH)
PORT ?= 8000

PYTHON_PACKAGES := .venv/.packages
TEST_PACKAGES := .venv/.test-packages
NODE_PACKAGES := node_modules/.installed
BROWSER_CODE := frontend/dist/manifest.json
TRANSLATIONS := $(patsubst %.po,%.mo,$(wildcard locale/*/*/*.po */locale/*/*/*.po))
DATABASE := var/.prepared

# Directories are listed too: a file that was deleted changes its directory.
FRONTEND := $(shell find frontend -not -path 'frontend/dist*')
MIGRATIONS := $(wildcard */migrations/*.py)

.PHONY: run setup test test-tools lint faults bench screenshots messages lock clean fuzz FORCE

# serve the demo world on http://127.0.0.1:8000; PORT=… moves it
run: setup
	@echo "Maru is starting on http://127.0.0.1:$(PORT)"
	@echo "Log in as alice (the owner), bob or charlie; the password is maru-demo. Ctrl-C stops it."
	@exec python manage.py serve --host 127.0.0.1 --port $(PORT)

# everything but serving
setup: $(PYTHON_PACKAGES) $(BROWSER_CODE) $(TRANSLATIONS) $(DATABASE)

# lint, then every test
test: test-tools $(TRANSLATIONS) lint
	@npm test --silent
	@scripts/test

# style, types and imports
lint: $(TEST_PACKAGES) $(BROWSER_CODE)
	ruff check --quiet .
	ruff format --quiet --check .
	mypy --no-error-summary .
	lint-imports --no-logo
	djlint --quiet --lint templates
	npm run --silent lint
	npm run --silent check

test-tools: $(TEST_PACKAGES) $(BROWSER_CODE)
	@scripts/install-test-tools

# break workers, Redis, Postgres and lines, and see what people notice; SEEDS=20 for all of it
faults: test-tools $(TRANSLATIONS)
	@python -m tests.faults

# how fast it is, beside its peers; SCENARIOS=all for everything in docs/benchmarks.md
bench: test-tools $(TRANSLATIONS)
	@python -m bench $(SCENARIOS)

# a million hostile frames, 400,000 hostile updates, every page; FUZZ_FRAMES=…, FUZZ_UPDATES=… and FUZZ_SEED=… (it is told) change it
fuzz: export FUZZ_FRAMES ?= 1000000
fuzz: export FUZZ_UPDATES ?= 400000
fuzz: export FUZZ_SEED ?= $(shell date +%s)
fuzz: $(TEST_PACKAGES)
	@python -m pytest tests/fuzz -o faulthandler_timeout=0

# the pictures in docs/screenshots
screenshots: $(TEST_PACKAGES) test-tools $(TRANSLATIONS)
	@python scripts/screenshots.py

# find new texts of the pages and of the browser code, for whoever translates
messages: MAKE_MESSAGES := python manage.py makemessages --locale ko --no-location --no-obsolete \
	--ignore .venv --ignore node_modules --ignore var
messages: $(TEST_PACKAGES) test-tools
	$(MAKE_MESSAGES)
	$(MAKE_MESSAGES) --domain djangojs --extension ts --ignore frontend/dist --ignore frontend/tests

# write the exact versions of one resolved set
lock: $(PYTHON_PACKAGES)
	scripts/lock

# remove what was installed and built; var/ with the data stays
clean:
	rm -rf .venv node_modules frontend/dist staticfiles test-results .*_cache .hypothesis
	rm -f $(DATABASE) $(TRANSLATIONS)
	find . -name __pycache__ -prune -exec rm -rf {} +

$(PYTHON_PACKAGES): requirements.lock scripts/install-python
	@scripts/install-python requirements.lock
	@touch $@

$(TEST_PACKAGES): requirements-dev.lock $(PYTHON_PACKAGES)
	@scripts/install-python requirements-dev.lock
	@touch $@

$(NODE_PACKAGES): package.json package-lock.json scripts/install-node $(PYTHON_PACKAGES)
	@scripts/install-node
	@touch $@

$(BROWSER_CODE): $(FRONTEND) vite.config.ts $(NODE_PACKAGES)
	@echo "Building the browser code …"
	@npm run --silent build -- --logLevel warn
	@touch $@

%.mo: %.po $(PYTHON_PACKAGES)
	@python scripts/compile_messages.py $< $@

# Again when a migration is new, the database was deleted, or it is one that make does not know.
$(DATABASE): $(MIGRATIONS) $(if $(DATABASE_URL),FORCE) $(if $(wildcard var/maru.sqlite3),,FORCE)
	@scripts/prepare-database
	@mkdir -p $(@D) && touch $@
