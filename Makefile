# Commands of the project; `make help` lists them.
# PORT, HOST, DATA_DIR and all the others may stand on the command line, in the shell or in .env.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help install install-dev serve test test-deep test-services test-browser bench check lock format messages
.DEFAULT_GOAL := help

help: ## List the commands
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | awk -F ':.*?## ' '{printf "make %-14s %s\n", $$1, $$2}'

# The environment is made when it is missing and brought up to date when the lock changed.
$(VENV)/.installed: requirements.txt
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info[:2] != (3, 11))" || { echo "Python 3.11 is needed; name it with PYTHON=..." >&2; exit 1; }
	@test -x $(BIN)/python || { echo "Making the environment in $(VENV) ..."; $(PYTHON) -m venv $(VENV); }
	@echo "Installing what requirements.txt names ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	@echo "Installing what requirements-dev.txt names ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

install: $(VENV)/.installed ## Make the environment
install-dev: $(VENV)/.installed-dev ## Make the environment with the tools for tests and checks

serve: $(VENV)/.installed ## Run the site: web server, worker and clock (PORT, HOST, DATA_DIR)
	@$(BIN)/python -m cms.settings.key
	@$(BIN)/python manage.py prepare
	@$(BIN)/python -m cms.settings.run $(BIN)/honcho --env /dev/null --no-prefix start

# The tests stand on what is embedded, whatever the shell has set.
EMBEDDED := env -u DATABASE_URL -u REDIS_URL -u AWS_STORAGE_BUCKET_NAME -u SITE_URL -u SECRET_KEY

test: $(VENV)/.installed-dev ## Run the tests that users rely on, under 5 minutes
	@$(EMBEDDED) $(BIN)/python -m pytest -n auto --dist loadgroup -m "not browser and not services and not deep"

test-deep: $(VENV)/.installed-dev ## Run the long proofs, under 30 minutes
	@$(EMBEDDED) $(BIN)/python -m pytest -n auto --dist loadgroup -m "deep"

test-services: $(VENV)/.installed-dev ## Run the suite on PostgreSQL, Redis and S3 (DATABASE_URL, REDIS_URL)
	@DATABASE_URL="$${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres}" \
	 REDIS_URL="$${REDIS_URL:-redis://127.0.0.1:6379/9}" \
	 $(BIN)/python -m pytest -n auto --dist loadgroup -m "not browser and not deep"

test-browser: $(VENV)/.installed-dev ## Run the tests in Chromium
	@$(EMBEDDED) $(BIN)/python -m pytest -m "browser"

bench: $(VENV)/.installed-dev ## Measure speed; the last line is JSON
	@$(BIN)/python -m tests.bench

check: $(VENV)/.installed-dev ## Lint, types, migrations, translations of the interface, deploy check
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint --lint --quiet templates
	@$(BIN)/mypy
	@DJANGO_SETTINGS_MODULE=cms.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	@DJANGO_SETTINGS_MODULE=cms.settings.test $(BIN)/python manage.py check_messages
	@SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(64))") SITE_URL=https://example.org \
	 $(BIN)/python manage.py check --deploy --fail-level WARNING

format: $(VENV)/.installed-dev ## Bring code and templates into shape
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

messages: $(VENV)/.installed-dev ## Bring the interface's catalogues up to date with code and templates
	@DJANGO_SETTINGS_MODULE=cms.settings.test $(BIN)/python manage.py check_messages --update

lock: ## Make the hashed locks from requirements.in and requirements-dev.in (needs uv)
	uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 --custom-compile-command "make lock" -o requirements.txt requirements.in
	uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 --custom-compile-command "make lock" -o requirements-dev.txt requirements-dev.in
