SHELL := /bin/bash
.SHELLFLAGS := -p -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# A shell of the user's may be set to another server, another language or another program than is meant. Recipes run with `bash -p`, which runs no
# BASH_ENV, and without what scripts/lib/environment.sh takes out as well; PGPASSWORD and PGPASSFILE are for TARGET=external.
hostile := $(filter-out PGPASSWORD PGPASSFILE,$(filter PG% LC_% LD_% GREP_% PYTHON% PERL5% CORECLR_%,$(.VARIABLES))) \
  BASH_ENV ENV CDPATH GLOBIGNORE LANGUAGE CURL_HOME WGETRC DOTNET_STARTUP_HOOKS DOTNET_ADDITIONAL_DEPS DOTNET_SHARED_STORE TESTINGPLATFORM_UI_LANGUAGE
unexport $(hostile)
export LANG := C.UTF-8
export LC_ALL := C.UTF-8
export DOTNET_CLI_UI_LANGUAGE := en
export VSLANG := 1033

# What a user may set; empty means the default of srelab.json.
TARGET ?=
PROFILE ?=
NETWORK ?=
ROWS ?=
SEED ?=
BENCH_SECONDS ?=
CLIENTS ?=
RATE ?=
KILLS ?=
REPEATS ?=
RESEED ?=
ALERTS ?=
QUIET_SECONDS ?=
DEFECTS ?=
PAYMENTS ?=
FAULTS ?=
ONLY ?=
# 1: `make down TARGET=external` drops the schemas that the suite made.
DROP ?=
# `make diagnose`: a folder of logs instead of the lab; 1 to end instances as well, for what only shows then.
LOGS ?=
DISTURB ?=
# `make restore`: the moment and the name of the new cluster; or one to end.
TIME ?=
INTO ?=
REMOVE ?=
# 1: `make lab` leaves the lab up.
KEEP ?=
# Kubernetes: the cluster's kubeconfig and context, the prefix of the lab's namespaces, further variables of Terraform.
KUBECONFIG_FILE ?=
CONTEXT ?=
LAB_PREFIX ?=
TFVARS ?=
# 1: `make check-infrastructure` may fetch Terraform's providers.
DOWNLOAD ?=
# The run that `make judge` judges again.
RUN ?= runs/latest
# The lab of `make test` and `make self-check`: addresses of its own, so that a lab that is up is left alone.
TEST_NETWORK ?= 127.20.100

# What is given to make wins over SRELAB_* of the environment, which is left alone otherwise. $(1): make's name, $(2): the setting's, where it differs.
define setting
ifneq ($($(1)),)
export SRELAB_$(or $(2),$(1)) := $($(1))
endif
endef
$(foreach name,TARGET PROFILE NETWORK ROWS SEED BENCH_SECONDS CLIENTS RATE KILLS REPEATS RESEED ALERTS QUIET_SECONDS DEFECTS PAYMENTS DROP CONTEXT TFVARS,$(eval $(call setting,$(name))))
$(eval $(call setting,KUBECONFIG_FILE,KUBECONFIG))
$(eval $(call setting,LAB_PREFIX,PREFIX))
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

SRELAB := dotnet artifacts/bin/SreLab.Cli/release/srelab.dll
STAGE = scripts/run-tests SreLab.Specs --filter-trait

##@ Start
comma := ,

.PHONY: help
help: ## Show the commands
	@awk 'BEGIN {FS = ":.*##"} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*##/ {printf "  %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@printf '\nVariables: TARGET PROFILE NETWORK ROWS SEED BENCH_SECONDS CLIENTS RATE KILLS REPEATS RESEED ALERTS QUIET_SECONDS DEFECTS PAYMENTS FAULTS ONLY DROP TIME INTO REMOVE KEEP DOWNLOAD RUN LOGS DISTURB\n           KUBECONFIG_FILE CONTEXT LAB_PREFIX TFVARS\n'

.PHONY: lab
lab: deps build ## The main job: install what is missing, then every stage in order, then the report (KEEP=1 leaves the lab up)
	@scripts/run-tests SreLab.Specs $(if $(filter 1,$(KEEP)),--filter-not-trait Stage=99-down)

.PHONY: verify
verify: build ## Every stage, without installing anything: for a database of your own (TARGET=external)
	@scripts/run-tests SreLab.Specs

.PHONY: deps
deps: ## Install the missing Debian packages; their own services are neither started nor enabled
	@scripts/install-deps

.PHONY: deps-browser
deps-browser: ## The same, and the browser that the tests of report.html run in
	@scripts/install-deps --browser

.PHONY: doctor
doctor: build ## Print every requirement, found or missing, with the command that fixes it
	@$(SRELAB) doctor

##@ Stages: each on the lab that is up, and up when it is not
.PHONY: up
up: build ## Bring the lab up, attach to it, or repair it
	@$(STAGE) Stage=10-up

.PHONY: seed
seed: build ## Fill the database (ROWS, SEED; RESEED=1 throws other rows away)
	@$(STAGE) Stage=20-seed

.PHONY: bench
bench: build ## Benchmark it (BENCH_SECONDS, CLIENTS, RATE)
	@$(STAGE) Stage=30-bench

.PHONY: failover
failover: build ## Every fault of the catalogue while clients write; PROFILE=quick: the two kills (KILLS) and the cut from the standbys
	@$(STAGE) Stage=40-failover

.PHONY: switchover
switchover: build ## Hand the primary's role over, and restart every member, while clients write
	@$(STAGE) Stage=50-switchover

.PHONY: workloads
workloads: build ## Run the sample services: probe them, carry each of their defects, pay invoices through faults (PAYMENTS)
	@$(STAGE) Stage=55-workloads

.PHONY: alerts
alerts: build ## Prove every alert live: cause it, follow it to the receiver, see it resolved (ALERTS=NoPrimary,TargetDown for some)
	@$(STAGE) Stage=60-alerts

.PHONY: backup
backup: build ## Take backups, restore them beside the lab in every way that is promised, lose the lab and make it again
	@$(STAGE) Stage=70-backup

.PHONY: restore
restore: build ## Restore into a new cluster: INTO=before-the-delete TIME=2026-05-01T12:00:00Z (no TIME: all that was archived); REMOVE=NAME ends one
	@$(SRELAB) restore $(if $(REMOVE),--remove "$(REMOVE)") $(if $(INTO),--into "$(INTO)") $(if $(TIME),--time "$(TIME)")

.PHONY: backups
backups: build ## Show the backups, and to which moments a restore can go
	@$(SRELAB) backups

.PHONY: platform
platform: build ## Inspect the platform under the lab (TARGET=existing, k3s): placement, policies, accounts, a rolling update, the autoscaler
	@$(STAGE) Stage=80-platform

.PHONY: report
report: build ## Write performance-report.md and report.html from the evidence of the latest run
	@$(STAGE) Stage=90-report

.PHONY: down
down: build ## End the lab and prove that nothing of it is left
	@$(STAGE) Stage=99-down

.PHONY: status
status: build ## Show members, roles, lag and endpoints (scripts: srelab status --json)
	@$(SRELAB) status

.PHONY: deploy
deploy: build ## Deploy the sample workloads on the lab that is up (DEFECTS=slow-responses for some that carry a defect)
	@$(SRELAB) deploy $(addprefix --defect ,$(subst $(comma), ,$(DEFECTS)))

.PHONY: diagnose
diagnose: build ## Say what is wrong with the workloads, and which entry of TROUBLESHOOTING.md helps (LOGS=FOLDER, DISTURB=1)
	@$(SRELAB) diagnose $(if $(LOGS),--logs "$(LOGS)") $(if $(filter 1,$(DISTURB)),--disturb)

##@ Trust
.PHONY: test
# Docker on a machine does not turn these into tests of K3s.
test self-check compare soak: export SRELAB_TARGET := $(or $(TARGET),local)
# The suite tests itself on whatever machine: safety and function decide, and what missed its time is reported as slow.
test: export SRELAB_TIMES := report
test: deps-browser build check-rules unit browser images ## Rules' and unit tests, the page in a browser, then every stage with the quick profile on a lab of its own, in a hostile environment
	@SRELAB_PROFILE=$(or $(PROFILE),quick) SRELAB_NETWORK=$(TEST_NETWORK) scripts/run-tests --hostile SreLab.Specs

.PHONY: unit
unit: build ## Unit tests: fast, no cluster
	@scripts/run-tests SreLab.Fixtures.Tests
	@scripts/run-tests SreLab.Workloads.Tests

.PHONY: unit-kubernetes
unit-kubernetes: ## Unit tests of the targets k3s and existing: a machine that has their packages, no cluster
	@scripts/build-kubernetes
	@scripts/run-tests SreLab.Fixtures.Kubernetes.Tests

.PHONY: browser
browser: build ## Open report.html in a headless browser (make deps-browser installs one)
	@scripts/run-tests SreLab.Report.Tests

.PHONY: check-rules
check-rules: ## Check the alert rules, run their tests, check Alertmanager's file
	@scripts/check-observability

.PHONY: check-infrastructure
check-infrastructure: ## Check Terraform modules and Helm charts as far as their tools are here; says what was skipped (DOWNLOAD=1 fetches providers)
	@scripts/check-infrastructure $(if $(filter 1,$(DOWNLOAD)),--download)

.PHONY: images
images: build ## Do what the Dockerfiles do, without Docker: publish, run as another user, ask for health, end
	@scripts/check-images

.PHONY: self-check
self-check: deps build ## Plant defects: each must turn its spec red
	@SRELAB_NETWORK=$(TEST_NETWORK) $(SRELAB) self-check

.PHONY: check-hostile
check-hostile: build ## Every stage, diagnose and a database of one's own in an environment that leads to another server: nobody may be reached
	@SRELAB_NETWORK=$(TEST_NETWORK) scripts/check-hostile

.PHONY: soak
soak: deps build ## Random faults at random moments, one ledger, one verdict (FAULTS=60 SEED=7); a lab of its own
	@exec 9>&1; SRELAB_PROGRESS_FD=9 SRELAB_NETWORK=$(TEST_NETWORK) $(SRELAB) soak $(if $(FAULTS),--faults $(FAULTS)) $(if $(ONLY),--only $(ONLY))

.PHONY: judge
judge: build ## Judge a stored run again with today's checkers (RUN=runs/...)
	@$(SRELAB) judge $(RUN)

.PHONY: compare
compare: build ## Measure side by side: pgbench -i, raw pgbench, Patroni's default timings
	@exec 9>&1; SRELAB_PROGRESS_FD=9 SRELAB_NETWORK=$(TEST_NETWORK) $(SRELAB) compare

##@ Code
.PHONY: packages
packages: ## Fetch packages; CI=true insists on the lock files
	@dotnet restore SreLab.slnx -v quiet

.PHONY: build
build: ## Compile; warnings are errors
	@dotnet build SreLab.slnx -c Release -v quiet --nologo -clp:"ErrorsOnly;NoSummary"
	@scripts/build-kubernetes --if-wanted

.PHONY: format
format: ## Apply the code style
	@dotnet format SreLab.slnx

.PHONY: rules
rules: build ## Write the burn-rate rules from slos.json
	@$(SRELAB) rules

.PHONY: check
check: build check-rules check-infrastructure ## All static checks: compile, style, alert rules, infrastructure, unit tests with the conventions
	@dotnet format SreLab.slnx --verify-no-changes --no-restore
	@scripts/check-images --lint
	@scripts/run-tests SreLab.Fixtures.Tests
	@scripts/run-tests SreLab.Workloads.Tests
