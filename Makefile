# The two commands are `make demo` and `make test`; both need only Python 3.11 or newer, git and make.
# What they do is in supervisor/commands.py.

PORT ?=
ARGS ?=
ROWS ?=
SIZES ?=
ONLY ?=
SCALE ?=
export PORT ARGS ROWS SIZES ONLY SCALE

ifndef PYTHON
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
endif
ifeq ($(PYTHON),)
$(error Krama needs Python 3.11 or newer, and none was found. Install one, or name it: make PYTHON=/path/to/python3)
endif
RUN := @$(PYTHON) -m supervisor

.PHONY: help demo test check bench prove lock messages clean-demo

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## */  make \1  - /p' Makefile

demo:  ## set everything up and serve the demo story at http://127.0.0.1:8000 (PORT=9000)
	$(RUN) demo

test:  ## run all tests beside a throw-away PostgreSQL (ARGS="tests/unit -k consent")
	$(RUN) test

check:  ## style, format, architecture, and no address in a lock
	$(RUN) check

bench:  ## measure (ROWS=100000 SIZES=1000,10000)
	$(RUN) bench

prove:  ## prove the promises, crashes included (ONLY=name SCALE=2)
	$(RUN) prove

lock:  ## make the lock files again (needs uv)
	$(RUN) lock

messages:  ## collect and compile the Khmer translations (needs gettext)
	$(RUN) messages

clean-demo:  ## stop the demo if it runs and remove its data
	$(RUN) clean
