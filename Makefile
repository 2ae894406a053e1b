PYTHON ?= python3
BIN = .venv/bin

.PHONY: run setup test check coverage bench docs lock words

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

coverage: setup ## lines and branches that the tests run, by room; takes longer than `make test`
	-@$(BIN)/python -m pytest -n auto --cov --cov-report=
	@$(BIN)/python tools/covered.py

bench: setup    ## what is measured, with its last figures
	@$(BIN)/python -m benchmarks

docs: setup     ## the tables' diagram, made from the models
	@$(BIN)/python tools/diagram.py

lock:           ## newest versions that pyproject.toml allows
	@$(BIN)/python tools/lock.py --upgrade
	@npm update --no-audit --no-fund

words:          ## collect the pages' strings into the catalogues of translators
	@mkdir -p .setup
	@$(BIN)/pybabel -q extract -F pyproject.toml --no-location --sort-output --project InstaShow -o .setup/messages.pot .
	@for language in hi ta; do \
	  mkdir -p instashow/translations/$$language/LC_MESSAGES; \
	  file=instashow/translations/$$language/LC_MESSAGES/messages.po; \
	  if [ -f $$file ]; then $(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete -l $$language -i .setup/messages.pot -o $$file; \
	  else $(BIN)/pybabel -q init -l $$language -i .setup/messages.pot -o $$file; fi; \
	done
