# Lantern: install, try, check and build it. "make help" tells what there is.

SHELL := bash

VENV   := .venv
BIN    := $(VENV)/bin
STAMPS := $(VENV)/stamps

# The interpreters to try, in this order; "make install PYTHON=..." names another.
PYTHONS := $(if $(PYTHON),$(PYTHON),python3 python3.13 python3.12 python3.11 python3.14 python)
SUITS   := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))

BROWSERS := chromium chromium-browser google-chrome google-chrome-stable
DEBIANS  := chromium fontconfig fonts-wqy-zenhei poppler-utils
MAC_APPS := /Applications/Google*Chrome.app /Applications/Chromium.app

# pip installs exactly what a lock says; of its own lines only a count is shown.
define INSTALL
set -o pipefail; all=$$(grep -c '^[a-z0-9]' $(1)); \
$(BIN)/pip install --require-hashes -r $(1) 2>$(VENV)/pip.log | { \
	here=0; while read -r word rest; do case $$word in \
		Collecting|Processing|Requirement) here=$$((here + 1)); \
			if [ $$((here % 20)) = 0 ]; then echo "  $$here of $$all packages"; fi;; \
		Installing) echo "  unpacking them";; \
	esac; done; } || { tail -n 15 $(VENV)/pip.log; exit 1; }
endef

# Tests wait for a clock or a line in a quarter of their time: one more at once than there are cores.
TESTERS = $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

# They force to disk all that they write, so where memory has room for 4 GB they write it there.
ROOMY = $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000000 { print "/dev/shm" }')
define TEST
files=$$(mktemp -d $(or $(ROOMY),$${TMPDIR:-/tmp})/lantern-XXXXXX); trap 'rm -rf "$$files"' EXIT; chmod 711 $$files; \
TMPDIR=$$files $(BIN)/pytest --basetemp "$$files/t" --numprocesses $(TESTERS) --dist worksteal
endef

# What Python compiles is kept: the tests start Lantern again and again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install demo test test-long test-rare answers lint wheel lock clean

help: ## tell what there is
	@echo "make ..."
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

install: $(STAMPS)/project ## install Lantern into .venv, exactly as requirements.lock says

demo: install ## install, then try Lantern with made-up people
	@$(BIN)/lantern demo

test: $(STAMPS)/dev browser ## install, then run the tests, but for the longest
	@$(TEST) -m "not long and not rare"

# These wait for processes, browsers and clocks more than others do: one more at once again.
test-long: TESTERS := $(shell expr $(TESTERS) + 1)
test-long: $(STAMPS)/dev browser ## run those that kill, flood, restart, measure, or try the pages in a browser
	@$(TEST) -m "long and not rare" $$(grep -rlF mark.long tests --include 'test_*.py')

test-rare: $(STAMPS)/dev browser ## run those of what seldom changes: learning, posters, content of one's own, restoring
	@$(TEST) -m rare $$(grep -rlF mark.rare tests --include 'test_*.py')

answers: $(STAMPS)/dev browser ## read anew, for tests/answers.npz, what tests have the networks read
	@noted=$$(mktemp -d); export NOTE_ANSWERS_IN=$$noted; $(TEST); \
	$(BIN)/python tests/answers.py $$noted; rm -r $$noted

lint: lint-code lint-content ## check the code, its imports, the flows, the guidance and the languages

lint-code: $(STAMPS)/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/mypy

# What is proved here needs not be proved again for the tests (tests/conftest.py).
lint-content: export CACHE_DIRECTORY = $(CURDIR)/.pytest_cache/shelf
lint-content: install
	$(BIN)/lantern flows check
	$(BIN)/lantern guidance check
	$(BIN)/lantern locales check

wheel: install ## build dist/*.whl
	@rm -rf dist
	@$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

lock: $(STAMPS)/dev ## renew requirements.lock and requirements-dev.lock from pyproject.toml
	@echo "Locking, with the oldest Python that Lantern runs on ..."
	@$(LOCK) --output-file requirements.lock pyproject.toml
	@$(LOCK) --extra dev --constraint requirements.lock \
		--output-file requirements-dev.lock pyproject.toml
	@git --no-pager diff --stat -- requirements.lock requirements-dev.lock

# Only the public index is asked, so that the hashes are those that everybody finds.
LOCK = env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null \
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade \
	--generate-hashes --strip-extras --allow-unsafe --all-build-deps \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

clean: ## remove .venv and everything that was built
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find bot storage tests -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: browser lint-code lint-content
browser:
	@has_browser() { \
		for name in $(BROWSERS); do command -v $$name >/dev/null && return; done; \
		ls -d $(MAC_APPS) >/dev/null 2>&1; \
	}; \
	has_chinese() { [ "$$(uname)" = Darwin ] || fc-list :lang=zh 2>/dev/null | grep -q .; }; \
	has_browser && has_chinese && command -v pdftotext >/dev/null && exit 0; \
	as_root=; [ "$$(id -u)" = 0 ] || as_root="sudo -n"; \
	if command -v apt-get >/dev/null && $$as_root true 2>/dev/null; then \
		echo "Installing Chromium, a Chinese font and Poppler for the tests of the pages and posters ..."; \
		$$as_root apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
			$$as_root apt-get -qq install --no-install-recommends -y $(DEBIANS) >/dev/null; \
	else \
		echo "The tests of the pages and posters need Chromium, a Chinese font and Poppler (pdftotext). Please install them"; \
		echo "(on Debian: apt-get install $(DEBIANS)) and run make test again."; \
		exit 1; \
	fi

$(BIN)/python:
	@for name in $(PYTHONS); do \
		if $$name -c '$(SUITS)' 2>/dev/null; then found=$$name; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Lantern needs Python 3.11 or newer with its venv module; none of these is one:"; \
		echo "  $(PYTHONS)"; \
		echo "Install one (on Debian: apt-get install python3 python3-venv), or name yours:"; \
		echo "  make install PYTHON=/path/to/python3"; \
		exit 1; \
	fi; \
	echo "Making .venv with $$($$found --version)"; \
	$$found -m venv --clear $(VENV)

$(STAMPS)/runtime: requirements.lock | $(BIN)/python
	@echo "Installing what Lantern is built on (about a minute the first time)"
	@$(call INSTALL,$<)
	@mkdir -p $(@D) && touch $@

$(STAMPS)/project: pyproject.toml $(STAMPS)/runtime
	@echo "Installing Lantern itself"
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
	@echo "Lantern is installed: $(BIN)/lantern"

$(STAMPS)/dev: requirements-dev.lock $(STAMPS)/project
	@echo "Installing what the checks and tests need"
	@$(call INSTALL,$<)
	@touch $@
