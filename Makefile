# Daily commands; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help run test check lint bench oracles lock translations screenshots

python := .venv/bin/python
lock_command := uv pip compile setup.cfg --extra build --extra postgres --extra test \
	--generate-hashes --universal --python-version 3.11 --output-file requirements.lock

help: ## list these commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

run: ## start with demo participants on http://127.0.0.1:8000/
	./run

test: ## every test, on both databases and in the browser
	./test -n 2 --dist worksteal

check: ## everything that must hold before a commit: ruff, mypy, import-linter, every test
	./test

lint: ## the part of check that needs no test run
	$(python) -m ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

bench: ## the speed goals, as ratios within one run, on both databases
	$(python) -m benchmarks

oracles: ## our measures and event log against lifelines, scikit-learn and PM4Py, in an environment of their own (700 MB)
	./bin/oracles.sh

lock: ## write requirements.lock anew from setup.cfg (needs uv; users of the lock do not)
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(lock_command)

translations: ## gather the pages' texts, bring nb and nn up to date, compile them
	mkdir -p build
	.venv/bin/pybabel --quiet extract --mapping-file=web/babel.cfg --keyword=_l --no-location --sort-output \
		--project="SE Engine" --output-file=build/messages.pot web
	for language in nb nn; do .venv/bin/pybabel --quiet update --init-missing --no-fuzzy-matching \
		--ignore-obsolete --ignore-pot-creation-date \
		--input-file=build/messages.pot --locale=$$language --output-dir=web/translations; done
	.venv/bin/pybabel --quiet compile --directory=web/translations

screenshots: ## take the pictures of the documents anew, while ./run serves the demo
	SE_DEMO=1 .venv/bin/se-engine demo accounts --format json | $(python) -m bin.screenshots
