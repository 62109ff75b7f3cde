# Everything that a person or CI does with the project. `make help` lists it.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
LOCK   := --quiet --require-hashes --disable-pip-version-check
NODE   := $(BIN)/node
TSC    := $(NODE) node_modules/typescript/bin/tsc
BIOME  := $(NODE) node_modules/@biomejs/biome/bin/biome
NPM    := node_modules/.installed

.DEFAULT_GOAL := help
.PHONY: help site serve test examples check format links bench pictures lighthouse fuzz lock vendor clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(VENV)/.site ## Build the site into site/
	$(BIN)/smartguide build

serve: $(VENV)/.site ## Serve the site on http://127.0.0.1:8000 and show every change as soon as it is saved
	$(BIN)/smartguide serve

TESTS ?= tests
NODE_TESTS = $(or $(wildcard tests/*/javascript/*.test.js),$(error No tests of the JavaScript were found))
test: $(VENV)/.dev $(NPM) ## Run all tests, the browser tests too (or: make test TESTS=tests/test_cli.py)
	$(NODE) --test --test-reporter=dot $(NODE_TESTS)
	$(BIN)/python -m tests.browser_setup
	$(BIN)/python -m pytest -n auto --durations=15 $(TESTS)

examples: $(VENV)/.dev $(NPM) ## Run the tests of the guide in a copy to which the examples of README and CONTRIBUTING are added
	$(BIN)/python -m tests.browser_setup
	$(BIN)/python -m tests.guide.with_examples

FORMAT ?= text
check: $(VENV)/.dev $(NPM) ## Check records, the strict build, all internal links, code and workflows (FORMAT=github: as annotations)
	status=0; $(BIN)/smartguide validate --strict --format $(FORMAT) || status=1; \
	  $(BIN)/smartguide format --check --format $(FORMAT) || status=1; exit $$status
	$(BIN)/smartguide build --format $(FORMAT)
	$(BIN)/smartguide links --quick --format $(FORMAT)
	$(BIN)/smartguide links --internal --format $(FORMAT)
	$(BIN)/ruff check --output-format $(if $(filter github,$(FORMAT)),github,full) .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --explicit-package-bases extensions tests
	$(BIN)/lint-imports --no-logo
	$(TSC)
	$(TSC) --project tests/generator/javascript
	$(TSC) --project tests/guide/javascript
	$(BIOME) ci --error-on-warnings --reporter=$(if $(filter github,$(FORMAT)),github,default)
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.gitlab-ci .gitlab-ci.yml
	$(BIN)/zizmor --quiet --offline --strict-collection .github

format: $(VENV)/.dev $(NPM) ## Format records and code
	$(BIN)/smartguide format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	$(BIOME) check --write

links: $(VENV)/.site ## Check the links to other sites that are due
	$(BIN)/smartguide links

bench: $(VENV)/.dev ## Measure builds beside other generators, a check after one edit, the time from a save to the screen, and filtered lists
	$(BIN)/python -m benchmarks.build
	$(BIN)/python -m benchmarks.check
	$(BIN)/python -m tests.browser_setup
	$(BIN)/python -m benchmarks.preview --pages 535 3035 10535
	$(BIN)/smartguide build
	$(BIN)/python -m benchmarks.lists

pictures: $(VENV)/.dev ## Take pictures of a page of each kind into pictures/: three widths, light and dark, and as printed
	$(BIN)/smartguide build
	$(BIN)/python -m tests.browser_setup
	$(BIN)/python -m benchmarks.screenshots pictures

lighthouse: $(VENV)/.dev ## Measure a page of each kind with Lighthouse, which npm fetches
	$(BIN)/smartguide build
	$(BIN)/python -m tests.browser_setup
	$(BIN)/python -m benchmarks.lighthouse

MINUTES ?= 60
fuzz: $(VENV)/.dev $(NPM) ## Look for input that gives a traceback, for an hour (or: make fuzz MINUTES=5)
	@end=$$(( $$(date +%s) + $(MINUTES) * 60 )); while [ $$(date +%s) -lt $$end ]; do \
	  SMART_GUIDE_FUZZ=1 $(NODE) --test --test-reporter=dot $(NODE_TESTS) || exit 1; \
	  SMART_GUIDE_FUZZ=1 $(BIN)/python -m pytest -q -n auto tests/generator/test_properties.py || exit 1; \
	done

lock: $(VENV)/.dev ## Upgrade the lock files to the newest versions within the ranges of pyproject.toml
	for kind in site dev; do \
	  $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-annotate --custom-compile-command "make lock" --extra build --extra guide $$([ $$kind = dev ] && echo --extra dev) \
	    pyproject.toml --output-file requirements/$$kind.txt || exit 1; \
	done

SEARCH := generator/smartguide/theme/assets/search/vendor
FORM   := generator/smartguide/theme/assets/form/model/vendor
vendor: $(NPM) ## Copy what the site publishes of other people from node_modules (after an upgrade in package.json)
	cp node_modules/minisearch/dist/es/index.js $(SEARCH)/minisearch.js
	cp node_modules/minisearch/LICENSE.txt $(SEARCH)/minisearch-LICENSE.txt
	rm -rf $(FORM)/yaml $(FORM)/json-schema
	mkdir -p $(FORM)/json-schema
	cp -R node_modules/yaml/browser/dist $(FORM)/yaml
	cp node_modules/yaml/LICENSE $(FORM)/yaml-LICENSE.txt
	cp node_modules/@cfworker/json-schema/dist/esm/*.js $(FORM)/json-schema/
	sed -i.old '/^\/\/# sourceMappingURL=/d' $(FORM)/json-schema/*.js && rm $(FORM)/json-schema/*.old

clean: ## Delete what was built and installed
	rm -rf site .site-* pictures $(VENV) node_modules .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements/site.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install $(LOCK) -r requirements/site.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.site
	$(BIN)/python -m pip install $(LOCK) -r requirements/dev.txt
	@touch $@

$(NPM): package.json package-lock.json .npmrc $(VENV)/.dev
	$(BIN)/npm ci --loglevel=error
	@touch $@
