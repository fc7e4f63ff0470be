# The words of this house. A new machine needs Python 3.11, git and make; every target installs what it needs.
SHELL := /bin/sh
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python
# What Qt asks of a bare Debian or Ubuntu, and what the tests look at PDFs and windows with.
QT_PACKAGES := libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0
TEST_PACKAGES := $(QT_PACKAGES) libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 \
	libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1 \
	poppler-utils mupdf-tools libharfbuzz-bin qpdf xvfb binutils strace
TEST_PROGRAMS := pdftotext pdftoppm pdffonts mutool hb-shape qpdf Xvfb objdump strace

# $(1): packages. Installs them where allowed, else names the one command to type.
define install
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) >/dev/null; \
	elif command -v sudo >/dev/null && sudo -n true 2>/dev/null && command -v apt-get >/dev/null; then \
		sudo apt-get update -qq && sudo apt-get install -y -qq --no-install-recommends $(1) >/dev/null; \
	else \
		echo "System libraries are missing. Type this once, then try again:"; \
		echo "  sudo apt-get install -y --no-install-recommends $(1)"; exit 1; \
	fi
endef

.PHONY: setup run test lint bench faults screens bundle lock qt-libraries test-programs

setup: .venv/ready

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@echo "Preparing .venv (once, a minute or two) ..."
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

qt-libraries: setup
	@$(PY) -c 'from PySide6 import QtWidgets, QtPdf' 2>/dev/null || { $(call install,$(QT_PACKAGES)); }

test-programs: qt-libraries
	@for program in $(TEST_PROGRAMS); do command -v $$program >/dev/null || missing=yes; done; \
		test -z "$$missing" || { $(call install,$(TEST_PACKAGES)); }

# With no display the same window runs offscreen on a demonstration register and leaves its pictures in out/.
run: qt-libraries
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(PY) -m desktop; \
		else QT_QPA_PLATFORM=offscreen $(PY) -m tests.screens out; fi

test: test-programs lint
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 2 --dist loadfile

lint: setup
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/mypy

bench: qt-libraries
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.bench

# Kills, power cuts, a fault at every system call, strange texts and months; hours. A part of it: $(PY) -m tests.faults --help
faults: test-programs
	@$(PY) -m tests.faults; faults=$$?; $(PY) -m tests.loops; loops=$$?; \
		QT_QPA_PLATFORM=offscreen $(PY) -m tests.papers && exit $$((faults + loops))

screens: qt-libraries
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.screens out --all

bundle: test-programs
	@.venv/bin/pyinstaller --noconfirm --clean --log-level WARN build.spec
	@echo "dist/rongthuk"

lock: setup
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header --all-extras pyproject.toml -o requirements.lock
