# Every target is one call of a command-line module: what it does is written in Python.
# `make help` lists the targets; each sets up what it needs.

PYTHON ?= python3

RUNTIME := .venv/requirements.lock
DEVELOPMENT := .venv/requirements-dev.lock
EXPLAINER := PYTHONPATH=plugins .venv/bin/python -m explainer
# ` --name='value'` for a variable that was typed behind `make`, as it was typed: a
# dollar is a dollar, and an apostrophe does not end the text. The environment's are not ours.
quoted = '$(subst ','\'',$(value $(1)))'
option = $(if $(filter command,$(firstword $(origin $(1)))), --$(2)=$(call quoted,$(1)))
STRICT_OPTION := $(if $(STRICT),--strict)
FORMAT_OPTION := $(if $(FORMAT),--format $(FORMAT))

.DEFAULT_GOAL := build
.PHONY: build serve check import draft evaluate-draft new-story new-article new-actor new-event \
  test fuzz publish reanchor rename report clean empty audit bench why evaluate-recommended lock \
  help force

build: $(RUNTIME) ## Build the site into output/ (AFRESH=1 PROFILE=1 WORKERS=2)
	@$(EXPLAINER) build $(STRICT_OPTION)

serve: $(RUNTIME) ## Show the site at http://127.0.0.1:8000/ while you write (PORT=8001)
	@$(EXPLAINER) serve

check: $(RUNTIME) ## Say what is wrong with the content, without building (STRICT=1, FORMAT=json)
	@$(EXPLAINER) check $(STRICT_OPTION) $(FORMAT_OPTION)

import: $(RUNTIME) ## Make an article and briefs of a raw one (FILE=seeds/article.txt)
	@$(EXPLAINER) import

draft: $(RUNTIME) ## Propose annotations of an article (ARTICLE=slug, REFERENCE=2025-12)
	@$(EXPLAINER) draft $(call quoted,ARTICLE)$(call option,REFERENCE,reference)

evaluate-draft: $(RUNTIME) ## Measure the drafts on labelled articles (DATA=file.jsonl)
	@$(EXPLAINER) evaluate-draft $(call quoted,DATA)

new-story: $(RUNTIME) ## Begin a story (TITLE="The closed bridge")
	@$(EXPLAINER) new-story$(call option,TITLE,title)$(call option,ID,id)

new-article: $(RUNTIME) ## Begin an article and its annotations (TITLE="…" STORY=closed-bridge)
	@$(EXPLAINER) new-article$(call option,TITLE,title)$(call option,STORY,story)$(call option,DATE,date)$(call option,ID,id)

new-actor: $(RUNTIME) ## Begin an actor's profile (NAME="Mara Quill" KIND=person)
	@$(EXPLAINER) new-actor$(call option,NAME,name)$(call option,KIND,kind)$(call option,ID,id)

new-event: $(RUNTIME) ## Add an event to an article (TITLE="…" ARTICLE=… DATE=2026-03-09)
	@$(EXPLAINER) new-event$(call option,TITLE,title)$(call option,ARTICLE,article)$(call option,DATE,date)$(call option,ID,id)

test: $(DEVELOPMENT) ## Check the code and run all tests (ARGS="-k timeline")
	@.venv/bin/python -m tests $(ARGS)

fuzz: $(DEVELOPMENT) .venv/requirements-fuzz.lock ## Look for what breaks it, with new inputs (SECONDS=60 each, LISTS=FOLDER)
	@PYTHONPATH=plugins .venv/bin/python -m tests.fuzz$(call option,SECONDS,seconds)$(call option,LISTS,lists)

publish: $(RUNTIME) ## Build what goes online, strictly (SITEURL=https://example.org/news KEEP_GOING=1)
	@$(EXPLAINER) publish $(if $(KEEP_GOING),--keep-going)

reanchor: $(RUNTIME) ## Find evidence that an article no longer has, and mend it (ACCEPT=all)
	@$(EXPLAINER) reanchor

rename: $(RUNTIME) ## Change an id everywhere it stands (ID=old TO=new DRY_RUN=1)
	@$(EXPLAINER) rename

report: $(RUNTIME) ## List what the annotations do not cover yet (DAYS=30)
	@$(EXPLAINER) report

clean: $(RUNTIME) ## Remove the built site
	@$(EXPLAINER) clean

empty: $(RUNTIME) ## Take the demo content away and leave a site that builds
	@$(EXPLAINER) empty

audit: $(DEVELOPMENT) ## Measure what a reader gets against its budgets (needs npm and Java)
	@.venv/bin/python -m tools.audit

bench: $(DEVELOPMENT) ## Measure builds beside plain Pelican's and Hugo's (ARGS="--sizes 10000")
	@PYTHONPATH=plugins .venv/bin/python -m tools.bench $(ARGS)

why: $(RUNTIME) ## Say why an article is recommended under another (A=slug B=slug)
	@$(EXPLAINER) why $(call quoted,A) $(call quoted,B)

evaluate-recommended: $(DEVELOPMENT) ## Measure recommendations on labelled articles (DATA=FILE)
	@PYTHONPATH=plugins .venv/bin/python -m tools.evaluate_recommended $(call quoted,DATA)

lock: $(DEVELOPMENT) ## Bring the lock files up to date with pyproject.toml
	@.venv/bin/python -m tools.lock

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' Makefile

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
