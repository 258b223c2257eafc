# Two commands need nothing but make and Python 3.11 or newer:
#   make demo    analyse the bundled sample agreements
#   make test    everything that must hold: lint, format, types, dependencies, tests
# For contributors:
#   make docs        build the documentation into site/
#   make docs-pages  write the generated parts of docs/ again
#   make figures     measure quality and speed again, into docs/quality.md (hours; PARTS="speed hub" measures some)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test docs docs-pages figures clean

demo: $(READY)
	$(BIN)/lpa analyze --out lpa-out --format csv,jsonl,xlsx,hub
	@echo
	@echo "The results lie in $(CURDIR)/lpa-out"
	@echo "Open lpa-out/hub.html with a browser, or lpa-out/provisions.xlsx with a spreadsheet program; both have a page About."

test: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/mypy --strict analyzer
	$(BIN)/deptry analyzer
	$(BIN)/pytest -q -n logical --dist worksteal

docs: docs-pages
	$(BIN)/python -m mkdocs build --quiet --strict
	@echo "Open $(CURDIR)/site/index.html with a browser."

docs-pages: $(READY)
	$(BIN)/python docs/generate.py

figures: $(READY)
	$(BIN)/python benchmarks/figures.py $(PARTS)

$(READY): pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) not found: install Python 3.11 or newer, or say 'make PYTHON=/path/to/python'." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$$($(PYTHON) --version) is too old: Python 3.11 or newer is needed; say 'make PYTHON=/path/to/python3.11'." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is incomplete: on Debian or Ubuntu install the package python3-venv." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) lpa-out build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis
