PYTHON ?= python3
BIN = .venv/bin

.PHONY: run setup test check bench docs lock

run:            ## set up, load the demo into an empty database, start web and worker
	@$(PYTHON) tools/setup.py run
	@$(BIN)/instashow serve --demo

setup:          ## all set-up, every extra included; starts nothing
	@$(PYTHON) tools/setup.py all

test: setup     ## every test
	@$(BIN)/python -m pytest -n auto

check: setup    ## lint, types, format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: setup    ## what is measured, with its last figures
	@$(BIN)/python -m benchmarks

docs: setup     ## the tables' diagram, made from the models
	@$(BIN)/python tools/diagram.py

lock:           ## newest versions that pyproject.toml allows
	@$(BIN)/python tools/lock.py --upgrade
	@npm update --no-audit --no-fund
