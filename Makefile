# Every word of the house: make setup | run | test | lint | bench | screens | bundle | lock
SHELL := /bin/sh
PY := .venv/bin/python
