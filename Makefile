# What a newcomer, a developer and CI run. Each target installs what it needs into .venv, once.
.DEFAULT_GOAL := help
.PHONY: help demo test coverage lint format catalogs model bench lock migration browser peers clean

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock

help: ## These lines
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

demo: $(VENV)/base ## The whole loop in a browser, with no account and no token
	@$(BIN)/lobby demo

# Processes that tests start would compile the whole project each time where somebody has set this.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/dev browser peers lint ## Style, types, catalogs and every test, on SQLite and PostgreSQL: what CI runs
	@$(BIN)/python -m pytest -n 2

# Apart from `test`: under Python 3.11 counting lines makes a conversation take half as long again.
coverage: export PYTHONDONTWRITEBYTECODE =
coverage: $(VENV)/dev browser peers ## Every test again, with the floor under how much of the code they run
	@$(BIN)/python -m pytest -n 2 --cov --cov-report=term

lint: $(VENV)/dev ## Style, types and catalogs only
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/python -m locales check

format: $(VENV)/dev ## Bring the code into shape
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

catalogs: $(VENV)/dev ## Take new sentences into every catalog, and compile them
	@$(BIN)/python -m locales extract
	@$(BIN)/python -m locales compile

model: $(VENV)/train ## What the desk learned, anew from the corpus in locales/: a few minutes
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m training.train

bench: $(VENV)/dev ## The full loop against bare echo bots, in one run
	@$(BIN)/python -m benchmarks

migration: $(VENV)/dev ## The next step of the schema, from the models: make migration m="what changed"
	@$(BIN)/python -m storage.schema "$(m)"
	@$(BIN)/ruff check --fix --quiet storage/migrations
	@$(BIN)/ruff format --quiet storage/migrations

lock: $(VENV)/dev ## Pin every dependency anew, for every system
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --all-extras --upgrade --quiet \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --output-file requirements.lock

clean: ## Throw away everything that can be made again
	@rm -rf $(VENV) build dist *.egg-info htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -prune -exec rm -rf {} +

# The stamps are newer than what they were made from, so a second start installs nothing.
$(VENV)/base: pyproject.toml requirements.lock | $(BIN)/python
	@echo "Installing Lobby into $(VENV); this happens once."
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/dev: pyproject.toml requirements.lock | $(BIN)/python
	@echo "Installing Lobby and what its tests need into $(VENV); this happens once."
	@$(INSTALL) --editable '.[dev]'
	@touch $(VENV)/base $@

$(VENV)/train: pyproject.toml requirements.lock | $(VENV)/dev
	@echo "Installing what training needs into $(VENV); this happens once."
	@$(INSTALL) --editable '.[dev,train]'
	@touch $(VENV)/base $(VENV)/dev $@

$(BIN)/python:
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			$$python -m venv $(VENV) && exit 0; \
			echo "$$python cannot make a virtual environment; on Debian or Ubuntu: apt install python3-venv" >&2; \
			rm -rf $(VENV); exit 1; \
		fi; \
	done; \
	echo "Lobby needs Python 3.11 or newer; none was found. Name one with: make PYTHON=/path/to/python" >&2; exit 1

# WeCom's own crypto and client, which speak to ours in the tests of those channels; without node they are skipped.
peers:
	@command -v npm >/dev/null || { echo "Node is not installed: the tests with WeCom's own crypto and client are skipped."; exit 0; }; \
	[ tests/wire/peers/node_modules -nt tests/wire/peers/package-lock.json ] \
		|| { npm ci --silent --prefix tests/wire/peers && touch tests/wire/peers/node_modules; }

browser:
	@for browser in chromium chromium-browser google-chrome; do command -v $$browser >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing chromium and Chinese letters for the tests of the pages."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium fonts-noto-cjk >/dev/null; \
	else \
		echo "The tests of the pages need a browser: install chromium (and fonts-noto-cjk), then make test again." >&2; \
		exit 1; \
	fi
