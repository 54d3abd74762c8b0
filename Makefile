# `make` lists what there is. Works with GNU make 3.81 (macOS) and in folders with blanks in
# their names: every path here is relative.

VENV ?= .venv
OUT ?= out
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PY := "$(BIN)/python"
PIP := $(PY) -m pip install --quiet --no-compile --disable-pip-version-check --no-input

# An environment knows where its checkout lies; one that was moved along is made anew.
ifneq ($(shell cat "$(VENV)/.made-for" 2>/dev/null),$(CURDIR))
MOVED := moved
endif

# Nothing from the person's own set-up may reach into the environment.
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help brief test fast lint types gui robot fuzz golden styles bench sbom audit clean moved

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

brief: $(VENV)/.run ## a country brief on energy and defence, as DOCX and PDF in out/
	@$(PY) -m briefgen export docs/examples/country-brief-energy-defence.brief.yaml \
		--base data --format docx,pdf --out "$(OUT)/"

test: $(VENV)/.test lint types ## everything: lint, types, import contracts, all tests
	@$(PY) tools/set_up_judges.py
	$(PY) -m pytest --numprocesses auto --maxprocesses 8

fast: $(VENV)/.test ## the tests that need no outside program and open no window
	$(PY) -m pytest --numprocesses auto --maxprocesses 8 -m "not slow and not window"

lint: $(VENV)/.test ## style (ruff) and import contracts (import-linter)
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	"$(BIN)/lint-imports"

types: $(VENV)/.test ## types (mypy, strict)
	$(PY) -m mypy

gui: $(VENV)/.app ## the desktop app
	@$(PY) -m briefgen gui

robot: $(VENV)/.test ## 2,000 random actions at a window; SEED=12 ACTIONS=200 does those again
	ROBOT_SEED="$(or $(SEED),$(shell date +%s))" ROBOT_ACTIONS="$(or $(ACTIONS),2000)" \
		$(PY) -m pytest --quiet tests/gui/test_robot.py

fuzz: $(VENV)/.test ## hostile inputs for every reader; SECONDS=3600 SEED=7 TARGET=bib
	$(PY) tests/fuzz/run.py --seconds "$(or $(SECONDS),120)" $(if $(SEED),--seed "$(SEED)") \
		$(if $(TARGET),--target "$(TARGET)") --out "$(OUT)/fuzz"

golden: $(VENV)/.test ## rewrite the held documents of tests/golden; look at the difference after
	$(PY) -m pytest tests/golden --update-golden --quiet
	@git status --short tests/golden 2>/dev/null || true

styles: $(VENV)/.test ## every citation style beside plain Pandoc (takes ten minutes)
	STYLES=all $(PY) -m pytest tests/cite/test_every_style.py --quiet

bench: $(VENV)/.bench ## how fast: beside Pandoc and Typst, and on large bases
	@for script in bench/bench_*.py; do $(PY) "$$script" || exit 1; done

sbom: $(VENV)/.supply ## a bill of materials of what is installed to run it (CycloneDX 1.6), in out/
	@$(PY) tools/sbom.py "$(OUT)/briefgen.cdx.json"

audit: $(VENV)/.supply ## whether holes are known in what is installed; asks over the network
	$(PY) -m pip_audit --local --skip-editable --progress-spinner off

clean: ## remove the environment, results and caches
	rm -rf "$(VENV)" "$(OUT)" build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		.import_linter_cache tools/ooxml/node_modules

# --- the environment: each stamp is one step, taken again when pyproject.toml has changed ------

$(VENV)/.made-for: $(MOVED)
	@python=$$(tools/find-python) || exit 1; \
		echo "setting up $(VENV) (once)" >&2; \
		"$$python" -m venv --clear "$(VENV)"
	@printf '%s' "$(CURDIR)" > "$@"

$(VENV)/.run: pyproject.toml tools/requirements.py $(VENV)/.made-for
	@echo "installing what briefgen needs" >&2
	@$(PY) tools/requirements.py project checkout --without PySide6-Essentials > "$@.txt"
	@$(PIP) --requirement "$@.txt"
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch "$@"

$(VENV)/.app: $(VENV)/.run
	@echo "installing what the desktop app needs" >&2
	@$(PY) tools/requirements.py project > "$@.txt"
	@$(PIP) --requirement "$@.txt"
	@touch "$@"

$(VENV)/.test: $(VENV)/.app
	@echo "installing what the tests need" >&2
	@$(PY) tools/requirements.py test lint > "$@.txt"
	@$(PIP) --requirement "$@.txt"
	@touch "$@"

$(VENV)/.bench: $(VENV)/.run
	@$(PY) tools/requirements.py bench > "$@.txt"
	@$(PIP) --requirement "$@.txt"
	@touch "$@"

$(VENV)/.supply: $(VENV)/.app
	@$(PY) tools/requirements.py supply > "$@.txt"
	@$(PIP) --requirement "$@.txt"
	@touch "$@"
