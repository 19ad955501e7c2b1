SHELL := /bin/bash
.DEFAULT_GOAL := help

# Without the folder's name in what is built, every clone on a machine shares one build cache.
export GOFLAGS := -trimpath

# What the tests need beyond a stock Debian with Go. Whatever is there already is not fetched again.
TEST_PACKAGES  := gcc libc6-dev postgresql redis-server chromium poppler-utils zbar-tools freeradius-utils

ASSETS := views/static/vendor/.stamp

.PHONY: help
help: ## Lists what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

.PHONY: build
build: $(ASSETS) ## Leaves the program in bin/enlace
	@command -v go >/dev/null || { echo 'falta o Go 1.26: instale-o e ponha-o no PATH'; exit 1; }
	CGO_ENABLED=0 go build -o bin/enlace ./cmd/enlace

.PHONY: run
run: build ## Serves two demonstration providers on :8080 and prints addresses and logins
	bin/enlace run --demo

.PHONY: test
test: $(ASSETS) ## Runs every test on both stores, with its own PostgreSQL and Redis; none is skipped
	@scripts/packages.sh $(TEST_PACKAGES)
	@test -z "$$(gofmt -l cmd tenants ent/schema ent/migrate/next handlers jobs bot views 2>/dev/null)" || { echo 'gofmt:'; gofmt -l cmd tenants ent/schema ent/migrate/next handlers jobs bot views; exit 1; }
	go vet ./...
	scripts/with-servers.sh bash -o pipefail -c 'scripts/test.sh | node scripts/report.mjs'

.PHONY: bench
bench: $(ASSETS) ## Measures speed and memory and says on which machine (ENLACE_BENCH_CARNES: carnês of a batch)
	@scripts/packages.sh $(TEST_PACKAGES)
	@scripts/machine.sh
	scripts/with-servers.sh go test -run '^$$' -bench . -benchmem ./...

.PHONY: soak
soak: export ENLACE_SOAK_SEEDS ?= 50
soak: export ENLACE_SOAK_MONTHS ?= 24
soak: export ENLACE_SOAK_SUBSCRIPTIONS ?= 1000
soak: $(ASSETS) ## Lives through two years of an ISP by 50 seeds, a day at a time (ENLACE_SOAK_SEEDS, _MONTHS, _SUBSCRIPTIONS, _FIRST; _AUDITS: all books are read every so many days)
	@scripts/packages.sh $(TEST_PACKAGES)
	scripts/with-servers.sh go test -count 1 -timeout 0 -v -run TestAnISPLivesThroughItsMonths ./jobs

.PHONY: faults
faults: export ENLACE_FAULT_KILLS ?= 50
faults: export ENLACE_FAULT_INVOICES ?= 20000
faults: $(ASSETS) ## Kills the worker of a monthly run of 20,000 invoices 50 times (ENLACE_FAULT_KILLS, _INVOICES)
	@scripts/packages.sh $(TEST_PACKAGES)
	scripts/with-servers.sh go test -count 1 -timeout 0 -v -run TestAMonthWhoseWorkerIsKilled ./jobs

FUZZ_TIME ?= 60s
.PHONY: fuzz
fuzz: $(ASSETS) ## Throws FUZZ_TIME of random input at each parser
	scripts/fuzz.sh $(FUZZ_TIME)

.PHONY: lint
lint: $(ASSETS) ## Reads the code with go vet and staticcheck
	go vet ./...
	go tool staticcheck ./cmd/... ./tenants/... ./ent/schema/... ./ent/migrate/next/...

.PHONY: schema
schema: ## After a change in ent/schema: generates the code and writes the migration (until a first user has data, the one init)
	go generate ./ent
	scripts/init-migration.sh

.PHONY: assets
assets: $(ASSETS) ## Fetches by lock file what the browser and the printer need

$(ASSETS): package-lock.json scripts/assets.mjs
	@scripts/node.sh
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	node scripts/assets.mjs
	@touch $@
