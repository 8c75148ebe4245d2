# make demo and make test do all their own set-up; see packaging/setup.sh.
.PHONY: help run demo test check bench screenshots package translations lock clean
.DEFAULT_GOAL := help

PY := .venv/bin/python
BIN := .venv/bin

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

run: setup-run ## the program on your own workspace
	$(PY) main.py

demo: setup-run ## the main job on a rehearsal workspace, then a window on it where there is a display
	rm -rf build/demo
	$(PY) main.py demo build/demo
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(PY) main.py --home build/demo/inspector-1 || echo "The window did not open on this display."; \
	else \
		echo "No display here. With one: $(PY) main.py --home build/demo/inspector-1"; \
	fi

test: setup-check ## the tests
	$(PY) -m pytest -n 2

check: setup-check ## everything CI runs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry .
	$(BIN)/vulture
	$(MAKE) --no-print-directory test

bench: setup-run ## the benchmarks, and build/bench.json
	$(PY) -m tests.benchmarks

screenshots: setup-check ## every screen drawn anew into docs/images, both languages, light and dark
	$(PY) -m tests.screenshots

package: setup-package ## the program frozen into build/package/ankang, and its self-test
	$(BIN)/pyinstaller --noconfirm --log-level WARN --distpath build/package \
		--workpath build/pyinstaller packaging/ankang.spec
	$(PY) packaging/smoke.py build/package/ankang

setup-%:
	@sh packaging/setup.sh $*
	@$(MAKE) --no-print-directory translations

translations: $(patsubst %.po,%.mo,$(shell find resources/translations -name '*.po' 2>/dev/null))
	@:

%.mo: %.po
	@$(BIN)/pybabel --quiet compile -i $< -o $@

lock: ## requirements.lock anew from pyproject.toml (pins kept where they still fit)
	python3 -m venv build/lock
	build/lock/bin/python -m pip install --quiet uv
	build/lock/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--quiet -o requirements.lock

clean: ## remove what was made (.venv stays)
	rm -rf build .*_cache .hypothesis
