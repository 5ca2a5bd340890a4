# Everything runs in one virtual environment, .venv, with pinned and hashed packages.
# `make` alone lists the targets. Another interpreter: make clean, then make PYTHON=/path/to/python3.13 …

PYTHON  ?= python3
PROFILE ?= everyday
PROJEKT ?= examples/hamm-2027
JAHR    ?= 2027
# The moment of planning: the example year lies behind us one day. STAND= plans as of now.
STAND   ?= 2026-11-01T08:00
# How pip-compile is run by `pins`; PINS=--no-upgrade adds what is missing and keeps the rest
PINS    ?= --upgrade
export PROFILE
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# The tests start the program dozens of times: it is compiled once, also where the shell says never to keep that.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

BIN := .venv/bin
PY  := $(BIN)/python
RUN := .venv/.run-stamp
DEV := .venv/.dev-stamp
PO  := $(wildcard src/gremienplan/locale/*/LC_MESSAGES/*.po)
MO  := $(PO:.po=.mo)

.PHONY: help venv plan why-table test lint format acceptance bench mutation fuzz texts pins wheel clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

# --- the environment -----------------------------------------------------------------------------------

# The package itself is installed editable: a changed module needs no new installation.
$(RUN): requirements/run.txt requirements/build.txt pyproject.toml hatch_build.py
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "gremienplan needs Python 3.11 or newer; '$(PYTHON)' is: $$("$(PYTHON)" --version 2>&1 || true)" >&2; \
	  echo "Name another one: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
	"$(PYTHON)" -m venv .venv
	$(PY) -m pip install --quiet --require-hashes -r requirements/build.txt
	$(PY) -m pip install --quiet --require-hashes -r requirements/run.txt
	$(PY) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(RUN) requirements/dev.txt
	$(PY) -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

%.mo: %.po | $(RUN)
	$(PY) hatch_build.py

venv: $(DEV) $(MO)  ## set up .venv with everything, for an editor

# --- use -----------------------------------------------------------------------------------------------

plan: $(RUN) $(MO)  ## plan and publish the example year: PROJEKT=examples/hamm-2027 JAHR=2027
	$(BIN)/gremienplan plan --projekt "$(PROJEKT)" --jahr $(JAHR) $(if $(STAND),--stand $(STAND))
	$(BIN)/gremienplan publish --projekt "$(PROJEKT)" --jahr $(JAHR)

# Long, and resumable: interrupted, the next run goes on where this one was. The plan must exist: make plan.
why-table: $(RUN) $(MO)  ## what forbids, or costs, every day for every Sitzung: PROJEKT=… JAHR=…
	$(BIN)/gremienplan alternatives --table --projekt "$(PROJEKT)" --jahr $(JAHR)

# --- check ---------------------------------------------------------------------------------------------

test: lint  ## the everyday suite: lint, then pytest; PROFILE=ci looks further
	$(PY) -m pytest -n 2 --dist worksteal

lint: $(DEV) $(MO)  ## style, types, and who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(DEV)  ## put the code into the one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

acceptance: $(DEV) $(MO)  ## whole cities and whole years: slow
	$(PY) -m pytest -n 2 -m acceptance

# run.py prints how long an example takes; vergleich.py compares, and keeps what it has measured: `make bench FRESH=1` begins anew.
bench: $(DEV) $(MO)  ## measure, and compare with others: docs/benchmarks.md
	$(PY) -m pip install --quiet --require-hashes -r requirements/bench.txt
	$(PY) benchmarks/run.py
	$(PY) benchmarks/feeds.py --write docs/measurements/feeds.md
	$(PY) benchmarks/web.py
	$(if $(FRESH),rm -f docs/measurements/compare.json)
	$(PY) benchmarks/vergleich.py

# First the data of the city that ships, then the code: with the quick tests of these rooms, and what those leave with
# those that read a city. The pins of mutmut are for Python 3.11 and 3.12.
MUTANTS ?= rules stadt programm auditing jahr solver
mutation: $(DEV) $(MO)  ## does a test notice when data or code are wrong? MUTANTS='jahr auditing' for some parts
	$(PY) benchmarks/datenmutation.py
	$(PY) -m pip install --quiet --require-hashes -r requirements/mutation.txt
	$(PY) benchmarks/codemutation.py $(MUTANTS) -- $(addprefix tests/,rules stadt programm auditing jahr fristen solver)
	$(PY) benchmarks/codemutation.py $(MUTANTS) -- $(addprefix tests/,spec loading)

# Damaged calendars for the readers of all kinds, SECONDS for each; the wheels of Atheris are for Linux.
fuzz: $(DEV) $(MO)  ## do the readers of calendars withstand anything? SECONDS=600 for longer
	$(PY) -m pip install --quiet --require-hashes -r requirements/fuzz.txt
	for kind in ics csv xlsx oparl stored; do $(PY) benchmarks/fuzz.py $$kind --seconds $(or $(SECONDS),60); done

# --- make ----------------------------------------------------------------------------------------------

# Sorted, without places and dates: the catalogue changes only when a message does.
texts: $(DEV)  ## bring the catalogues up to date with the messages in the code
	@scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT; \
	pot="$$scratch/gremienplan.pot"; \
	po=src/gremienplan/locale/de/LC_MESSAGES/gremienplan.po; \
	$(PY) -m babel.messages.frontend --quiet extract --mapping-file=babel.cfg --no-default-keywords \
	  --keyword=Text --keyword=N_ --no-location --sort-output --width=100 \
	  --project=gremienplan --output-file="$$pot" src; \
	if [ -e "$$po" ]; then \
	  $(PY) -m babel.messages.frontend --quiet update --input-file="$$pot" --output-file="$$po" --locale=de \
	    --no-fuzzy-matching --ignore-obsolete --width=100; \
	else \
	  mkdir -p "$$(dirname "$$po")"; \
	  $(PY) -m babel.messages.frontend --quiet init --input-file="$$pot" --output-file="$$po" --locale=de --width=100; \
	fi; \
	sed -E -e '/^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Generated-By|Project-Id-Version):/d' \
	  -e '/^# (Copyright \(C\)|This file is distributed|FIRST AUTHOR)/d' "$$po" > "$$scratch/po"; \
	cmp -s "$$scratch/po" "$$po" || cat "$$scratch/po" > "$$po"; \
	$(PY) hatch_build.py

pins:  ## resolve the dependencies anew: requirements/*.txt
	@scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT; \
	"$(PYTHON)" -m venv "$$scratch/venv"; \
	"$$scratch/venv/bin/python" -m pip install --quiet pip-tools; \
	compile() { \
	  CUSTOM_COMPILE_COMMAND="make pins" "$$scratch/venv/bin/python" -m piptools compile --quiet $(PINS) \
	    --generate-hashes --allow-unsafe --strip-extras \
	    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$$@" pyproject.toml; \
	}; \
	compile --extra=dev --all-build-deps --output-file=requirements/dev.txt; \
	compile --constraint=requirements/dev.txt --output-file=requirements/run.txt; \
	compile --constraint=requirements/dev.txt --all-build-deps --only-build-deps --output-file=requirements/build.txt; \
	compile --constraint=requirements/dev.txt --extra=mutation --output-file=requirements/mutation.txt; \
	compile --constraint=requirements/dev.txt --extra=fuzz --output-file=requirements/fuzz.txt; \
	compile --constraint=requirements/dev.txt --extra=bench --output-file=requirements/bench.txt

# The tests then come from the source distribution and the package from the wheel built from it: what is
# missing in either shows. The rooms that read no file of the package are left out: `make test` has just run them.
wheel: $(DEV)  ## build, install into a fresh environment, and test there what was built
	rm -rf dist
	$(PY) -m build --no-isolation
	@scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT; \
	"$(PYTHON)" -m venv "$$scratch/venv"; \
	"$$scratch/venv/bin/python" -m pip install --quiet --require-hashes -r requirements/dev.txt; \
	"$$scratch/venv/bin/python" -m pip install --quiet --no-deps dist/*.whl; \
	"$$scratch/venv/bin/python" -m pip check; \
	mkdir "$$scratch/tree"; \
	tar -xzf dist/*.tar.gz -C "$$scratch/tree" --strip-components=1; \
	rm -rf "$$scratch/tree/src"; \
	cd "$$scratch/tree"; \
	"$$scratch/venv/bin/python" -m pytest -n 2 $(addprefix --ignore=tests/,auditing jahr jahre solver spec)

clean:  ## remove what can be made again
	rm -rf .venv build dist mutants .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	rm -f src/gremienplan/locale/*/LC_MESSAGES/*.mo
	find src tests -type d -name __pycache__ -prune -exec rm -rf {} +
