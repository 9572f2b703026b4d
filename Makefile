# Every target is one call of a command-line module: what it does is written in Python.
# `make help` lists the targets; each sets up what it needs.

PYTHON ?= python3

RUNTIME := .venv/requirements.lock
DEVELOPMENT := .venv/requirements-dev.lock
EXPLAINER := PYTHONPATH=plugins .venv/bin/python -m explainer
STRICT_OPTION := $(if $(STRICT),--strict)

.DEFAULT_GOAL := build
.PHONY: build serve check test publish clean empty audit lock help force

build: $(RUNTIME) ## Build the site into output/
	@$(EXPLAINER) build $(STRICT_OPTION)

serve: $(RUNTIME) ## Show the site at http://127.0.0.1:8000/ while you write (PORT=8001)
	@$(EXPLAINER) serve

check: $(RUNTIME) ## Say what is wrong with the content, without building (STRICT=1)
	@$(EXPLAINER) check $(STRICT_OPTION)

test: $(DEVELOPMENT) ## Check the code and run all tests (ARGS="-k timeline")
	@.venv/bin/python -m tests $(ARGS)

publish: $(RUNTIME) ## Build what goes online, strictly (SITEURL=https://example.org/news)
	@$(EXPLAINER) publish

clean: $(RUNTIME) ## Remove the built site
	@$(EXPLAINER) clean

empty: $(RUNTIME) ## Take the demo content away and leave a site that builds
	@$(EXPLAINER) empty

audit: $(DEVELOPMENT) ## Run the Nu HTML checker over output/ (needs npm and Java)
	@.venv/bin/python -m tools.audit

lock: $(DEVELOPMENT) ## Bring the lock files up to date with pyproject.toml
	@.venv/bin/python -m tools.lock

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

# The copy of the lock inside .venv says what is installed there. An interpreter that is gone
# (Python was upgraded, the folder came from elsewhere) makes it all stale.
ifneq ($(shell test -x .venv/bin/python && echo usable),usable)
$(RUNTIME) $(DEVELOPMENT): force
endif

.venv/%.lock: %.lock
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "No $(PYTHON) here: install Python 3.11 or newer, or name one: make PYTHON=python3.12" >&2; \
	  exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$$("$(PYTHON)" --version 2>&1) is too old: Python 3.11 or newer is needed." \
	    "Name another with: make PYTHON=python3.12" >&2; \
	  exit 1; }
	@"$(PYTHON)" -m tools.set_up $<
