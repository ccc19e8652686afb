# Two commands on a fresh machine with Python 3.11 or newer: make run, make test.
PYTHON ?= python3
BIN := .venv/bin
export PYTHONHASHSEED := 0
export OMP_NUM_THREADS := 1

.PHONY: run test quick check site lab lock bench clean
.DELETE_ON_ERROR:

# make run CORPUS=my_event runs the report of an event of your own instead
run: .venv/.run
ifdef CORPUS
	$(BIN)/python -m helpers run "$(CORPUS)"
else
	$(BIN)/python -m helpers run
	$(BIN)/python -m helpers site
endif

test: .venv/.test
	$(BIN)/ruff check helpers tests
	$(BIN)/ruff format --check helpers tests
	$(BIN)/mypy
	$(BIN)/pytest
	$(BIN)/python -m helpers check

# without what takes more than a second: for every save
quick: .venv/.test
	$(BIN)/ruff check helpers tests
	$(BIN)/pytest -x -m "not slow"

check: .venv/.run
	$(BIN)/python -m helpers check

site: .venv/.run
	$(BIN)/python -m helpers site

lab: .venv/.run
	$(BIN)/jupyter lab notebooks

# the locks hold versions and hashes for Python 3.11 to 3.13 and no address; what is locked stays as it is unless
# make lock UPGRADE=--upgrade asks for newer versions
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-header
lock: .venv/.test
	$(LOCK) $(UPGRADE) requirements.in -o requirements.txt
	$(LOCK) $(UPGRADE) requirements-dev.in -o requirements-dev.txt

# speed and growth at 800 to 80,000 articles, into benchmarks/
bench: .venv/.test
	$(BIN)/python benchmarks/bench.py

clean:
	rm -rf .venv site .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

# sync removes what the lock does not list, so the package itself is put back each time
define set-up
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode $(1)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
endef

# what the tests need holds what the notebooks need, so either set-up serves make run
.venv/.run: .venv/bin/uv requirements.txt pyproject.toml
	$(call set-up,requirements.txt)
	@rm -f .venv/.test
	@touch $@

.venv/.test: .venv/bin/uv requirements-dev.txt requirements.txt pyproject.toml
	$(call set-up,requirements-dev.txt)
	@touch .venv/.run $@
