# Two commands are enough: `make run` and `make test`. Both set everything up first.

PYTHON ?= python3
BIN := .venv/bin
# Where there is no display, scenes are drawn on a virtual one.
ON_A_DISPLAY := $(if $(DISPLAY)$(WAYLAND_DISPLAY),,xvfb-run -a)

# Also where the environment forbids bytecode: without it the window starts a third slower.
COMPILE := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m compileall -q desktop engine models main.py

TRANSLATIONS := desktop/translations/bytebrain_zh_CN

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup setup-tests run test check bundle screenshots translations clean distclean

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

setup: ## set everything up in .venv (CMAKE_ARGS is passed on: CMAKE_ARGS=-DGGML_CUDA=on make setup)
	@$(PYTHON) packaging/set_up.py
	@$(COMPILE)

setup-tests:
	@$(PYTHON) packaging/set_up.py --with-tests
	@$(COMPILE)

run: setup ## set up, then open the window (or show the same job on the terminal)
	@$(BIN)/python packaging/start.py

test: setup-tests check ## set up, then lint, check types and layers, and run the tests

check:
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	QT_QPA_PLATFORM=offscreen $(BIN)/python -P -m pytest

bundle: setup ## build the Linux bundle in dist/bytebrain
	@$(BIN)/python packaging/build_bundle.py

screenshots: setup-tests ## draw the window's scenes into docs/screenshots
	$(ON_A_DISPLAY) $(BIN)/python -P -m desktop.screenshots --out docs/screenshots

translations: setup-tests ## gather the window's texts into desktop/translations and compile them
	$(BIN)/pyside6-lupdate -silent -extensions py -locations none -no-obsolete desktop -ts $(TRANSLATIONS).ts
	$(BIN)/pyside6-lrelease -silent $(TRANSLATIONS).ts -qm $(TRANSLATIONS).qm

clean: ## remove what was built, but not the environment
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

distclean: clean ## remove the environment and the built wheels too
	rm -rf .venv wheels *.egg-info
