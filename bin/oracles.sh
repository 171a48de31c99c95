#!/bin/sh
# Compares what we compute with what others compute (tests/oracles), in an environment of its own below build/.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

python=${SE_PYTHON:-.venv/bin/python}
wanted=tests/oracles/requirements.txt
environment=build/oracles

if ! cmp -s "$wanted" "$environment/installed.txt"; then
    printf 'Installing %s into %s\n' "$wanted" "$environment" >&2
    "$python" -m venv --clear "$environment"
    "$environment/bin/python" -m pip install --quiet --requirement "$wanted"
    cp "$wanted" "$environment/installed.txt"
fi

failed=''
for oracle in tests/oracles/against_*.py; do
    name=$(basename "$oracle" .py)
    PYTHONPATH=. "$environment/bin/python" -m "tests.oracles.$name" || failed="$failed $name"
done
if [ -n "$failed" ]; then
    printf 'Not equal:%s\n' "$failed" >&2
    exit 1
fi
