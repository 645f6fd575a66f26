# rota: what people run by name. `make` alone lists the targets.

SHELL := /bin/sh
PREFIX ?= $(HOME)/.local

# One set of flags for every release build, so that `chat`, `install` and `bench` share it. Linked statically, the
# program starts faster and runs where no Swift is installed.
RELEASE := -c release --static-swift-stdlib
SWIFT_TOOL = "$$(Scripts/find-swift)"

.DEFAULT_GOAL := help
.PHONY: help chat build test check coverage bench clocks simulate fuzz providers install clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

chat: build ## build what people use (release) and open the chat
	@exec .build/release/rota chat

build: ## install missing packages, then build the release program (.build/release/rota)
	@Scripts/install-dependencies build
	@echo "make: building the release program; the first time takes minutes, later seconds" >&2
	@$(SWIFT_TOOL) build $(RELEASE) --product rota

test: ## install missing packages, then build and run every test, transcripts included
	@Scripts/install-dependencies test
	@Scripts/run-tests

check: ## the same as CI: format, imports, contract, build, tests, transcripts
	@Scripts/install-dependencies test
	@Scripts/check

coverage: ## lines covered by the tests, in total and per layer
	@Scripts/install-dependencies test
	@Scripts/coverage

bench: build ## requests and cron in one process, cron beside other engines, and the program from outside
	@$(SWIFT_TOOL) build $(RELEASE) --product engine-bench
	@missed=0; \
	.build/release/engine-bench interpret || missed=1; \
	.build/release/engine-bench latency || missed=1; \
	Scripts/bench-cron .build/release/engine-bench || missed=1; \
	Scripts/bench-steps .build/release/engine-bench || missed=1; \
	(cd Benchmarks && ROTA="$(CURDIR)/.build/release/rota" $(SWIFT_TOOL_FROM_BENCHMARKS) package --disable-sandbox \
		benchmark --no-progress) || missed=1; \
	exit $$missed

SWIFT_TOOL_FROM_BENCHMARKS = "$$(../Scripts/find-swift)"

clocks: ## the cron engine at every clock change of every zone, 1990 to 2037 (minutes)
	@Scripts/check-clock-changes

simulate: ## 20 seeds of a million starts each, with faults, in virtual time (over an hour)
	@Scripts/simulate --seeds 1..20

fuzz: ## made-up texts against seven readers, 60 seconds each
	@Scripts/fuzz 60

providers: ## official clients against the fake provider, the program against it and against llama.cpp (needs pip)
	@$(SWIFT_TOOL) build --product rota
	@Scripts/check-providers .build/debug/rota

install: build ## put the release program into $(PREFIX)/bin (PREFIX=~/.local)
	@install -D -m 0755 .build/release/rota "$(DESTDIR)$(PREFIX)/bin/rota"
	@echo "make: installed $(DESTDIR)$(PREFIX)/bin/rota" >&2

clean: ## remove everything that was built
	@rm -rf .build .build-* .venv-* Benchmarks/.build
