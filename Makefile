# Targets explain themselves: `make help`. Nothing but python3 and make is needed.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/python -m uv --quiet
INSTALL := $(UV) pip install --python $(BIN)/python --compile-bytecode --constraint constraints.txt
ANSWER ?= examples/neural-network.txt
# Where the public human-graded sets lie, if somewhere: see docs/accuracy.md
ASAG ?=

.DEFAULT_GOAL := help
.PHONY: help run interview test check eval accuracy train train-smoke bench corpus-page screenshots format clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 14

# uv resolves and unpacks in seconds what pip takes minutes for; pip only brings uv.
$(BIN)/.run: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv
	$(INSTALL) --editable .
	@touch $@

$(BIN)/.test: $(BIN)/.run
	$(INSTALL) --group test
	@touch $@

$(BIN)/.check: $(BIN)/.test
	$(INSTALL) --group check
	@touch $@

# pip alone: its torch for this machine is the build without CUDA.
$(BIN)/.train: $(BIN)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
	  torch --editable ".[train]"
	@touch $@

run: $(BIN)/.run  ## install, index the corpus, grade an example answer (ANSWER=file)
	$(BIN)/interviewbot corpus index
	$(BIN)/interviewbot grade "$(ANSWER)"

interview: $(BIN)/.run  ## practise an interview
	@$(BIN)/interviewbot interview

test: $(BIN)/.test  ## install what tests need and run them
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

check: $(BIN)/.check  ## formatting, lint, types, floors
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/interviewbot corpus lint  # what may be advised of the shipped questions: a test says

eval: $(BIN)/.run  ## measure the grader and the rubrics, compare with the committed run
	$(BIN)/interviewbot eval --baseline eval/baselines/local.json

accuracy: $(BIN)/.run  ## write README's and docs/accuracy.md's tables anew (ASAG=folder for public sets)
	$(BIN)/python tools/accuracy.py $(if $(ASAG),--asag "$(ASAG)")

train: $(BIN)/.train  ## teach the local judge anew, from passages to model files (half an hour)
	$(BIN)/python -m tools.training

train-smoke: $(BIN)/.train  ## the whole way of training on a sliver, beside what ships
	$(BIN)/python -m tools.training --smoke

bench: $(BIN)/.run  ## measure speed and memory, write docs/benchmarks.md
	$(BIN)/python tools/bench.py

corpus-page: $(BIN)/.run  ## count and examine the questions, write docs/corpus.md
	$(BIN)/python tools/corpus_page.py

screenshots: $(BIN)/.test  ## take the README's pictures of the screens anew
	$(BIN)/python tools/screenshots.py

format: $(BIN)/.check  ## format the code and mend what ruff can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## remove the virtual environment and every cache
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
