# The commands of this house. `make` lists them; CONTRIBUTING.md says more.
#
# Variables: PORT (8000), PYTHON (the newest of 3.11 to 3.13 on this machine). Everything else is in .env.example.

PORT   ?= 8000
SIZE   ?= 250000
ENGINE ?= sqlite
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
MANAGE := $(BIN)/python manage.py
VAR    := $(or $(VAR_DIR),var)
STATIC := $(VAR)/static/staticfiles.json
WORDS  := $(patsubst %.po,%.mo,$(wildcard tracker/locale/*/LC_MESSAGES/django.po))

.DEFAULT_GOAL := help
.PHONY: help setup run dev test audit screens checks lint bench format words gettext browser clean
.NOTPARALLEL:
.DELETE_ON_ERROR:
.ONESHELL:
.SHELLFLAGS := -eu -c

# What a person, or .env, has set for an installation is no setting of the tests.
TESTING := env $(shell sed -n 's/^\([A-Z_]*=\).*/\1/p' .env.example)
PRODUCTION := $(TESTING) ALLOWED_HOSTS=tracker.example.org
PYTEST := $(TESTING) $(BIN)/python -m pytest -n 2 --dist loadgroup --durations=20

# apt PACKAGES SENTENCE: install Debian packages where that needs no question; otherwise say what to do.
define apt
apt() {
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		echo "Installing Debian's $$1 …"
		export DEBIAN_FRONTEND=noninteractive
		apt-get update -qq && apt-get install -qq -y --no-install-recommends $$1 >/dev/null && return
	fi
	echo "$$2" >&2
	exit 2
}
endef

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.* ## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16

setup: $(VENV)/ready $(STATIC) $(WORDS) ## make everything ready: environment, database, the real record, static files, words, sign-ins
	@mkdir -p -m 750 "$(VAR)"
	$(MANAGE) migrate --verbosity 0
	$(MANAGE) load_reference_data
	$(MANAGE) dump_record --publish
	$(MANAGE) create_sign_ins

run: setup ## serve the site on 127.0.0.1 (PORT=8000) as in production
	@DEBUG=false exec $(MANAGE) serve --port "$(PORT)"

dev: setup ## serve it with DEBUG and reloading
	@DEBUG=true exec $(MANAGE) runserver "127.0.0.1:$(PORT)"

test: $(VENV)/ready-to-test $(WORDS) browser lint checks ## check and test everything, on SQLite and on PostgreSQL
	@$(PYTEST) --cov --cov-report=
	$(PYTEST) --cov --cov-append --cov-report=term --cov-fail-under=95 -p tests.postgres

# Named by their paths: no run of the tests collects them.
audit: $(VENV)/ready-to-test $(WORDS) browser ## look at every page with axe, at three widths, light and dark, and with the keyboard
	@$(PYTEST) tests/audit/audit_*.py

screens: $(VENV)/ready-to-test $(WORDS) browser ## draw docs/screens/ and docs/handbook/ anew
	@$(TESTING) $(BIN)/python -m pytest -q tests/audit/draw_*.py

checks: $(VENV)/ready-to-test ## let Django check the production settings and the migrations
	@$(PRODUCTION) $(BIN)/python -m tests.postgres sh -euc '
		$(MANAGE) migrate --verbosity 0
		$(MANAGE) check --deploy --fail-level WARNING --database default
		$(MANAGE) makemigrations --check --dry-run'

lint: $(VENV)/ready-to-test gettext ## check format, style, types, layers and catalogues
	@$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djangofmt --check templates
	$(BIN)/mypy gfmd tracker
	$(BIN)/lint-imports
	$(TESTING) $(BIN)/python -m tests.catalogues

bench: $(VENV)/ready-to-test $(WORDS) ## measure pages, imports of 42,000 rows, a document of sixty pages: SIZE=250000 ENGINE=sqlite or postgres, AT=directory, KEEP=docs/benchmarks.md
	@$(apt)
	command -v wrk >/dev/null || apt wrk "Measuring needs wrk: install it (in Debian: apt-get install wrk) and try again."
	$(TESTING) $(BIN)/python -m tests.bench --size "$(SIZE)" --engine "$(ENGINE)" --keep "$(KEEP)" --at "$(AT)"
	$(TESTING) $(BIN)/python -m tests.bench.sheets --engine "$(ENGINE)" --keep "$(KEEP)"
	$(TESTING) $(BIN)/python -m tests.bench.documents --keep "$(KEEP)"

format: $(VENV)/ready-to-test ## put code and templates into their format
	@$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djangofmt templates

words: $(VENV)/ready-to-test gettext ## bring new messages into the catalogues of French and Spanish
	@$(TESTING) $(MANAGE) makemessages -l fr -l es --add-location file --no-wrap -i .venv -i var -i tests

clean: ## remove the environment and what tests leave; var/ stays
	@rm -rf $(VENV) .coverage* .*_cache .hypothesis htmlcov test-results

# A browser, a font for it, and the library without which the driver's own runtime does not start.
browser: $(VENV)/ready-to-test
	@$(apt)
	for name in chromium chromium-browser google-chrome-stable google-chrome; do
		if command -v $$name && $(BIN)/playwright --version; then exit 0; fi >/dev/null 2>&1
	done
	apt "chromium fonts-dejavu-core libatomic1" \
		"The journeys need a browser: install Chromium (and libatomic1) and run \`make test\` again."

# What reads messages from code and templates.
gettext:
	@$(apt)
	command -v xgettext >/dev/null || apt gettext \
		"The catalogues need xgettext: install gettext (in Debian: apt-get install gettext) and try again."

$(STATIC): $(VENV)/ready $(shell find tracker/static -type f 2>/dev/null)
	@DEBUG=false $(MANAGE) collectstatic --noinput --verbosity 0
	touch $@

# The catalogues, as the application reads them.
%.mo: %.po $(VENV)/ready
	@$(BIN)/pybabel -q compile --input-file $< --output-file $@ --locale $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $@)))

$(VENV)/ready: requirements.txt
	@$(apt)
	for python in $(or $(PYTHON),python3.13 python3.12 python3.11 python3) ''; do
		if [ -z "$$python" ]; then
			echo "Python 3.11 or newer is needed: install it, or name it as in \`make setup PYTHON=/path/to/python3\`." >&2
			exit 2
		fi
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi
	done
	if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then
		package=$$("$$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
		apt "$$package" "$$python has no venv module: install it (in Debian: apt-get install $$package) and try again."
	fi
	if ! $(BIN)/python -c '' 2>/dev/null; then "$$python" -m venv --clear $(VENV); fi
	echo "Installing the packages of $< …"
	$(PIP) install -r $<
	touch $@

$(VENV)/ready-to-test: requirements-dev.txt $(VENV)/ready
	@echo "Installing the packages of $< …"
	$(PIP) install -r $<
	touch $@
