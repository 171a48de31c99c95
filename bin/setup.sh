# Shared by ./run and ./test: finds Python, fills .venv from the lock, finds what only Debian can give.
# Sourced with the top of the checkout as the working directory.
# shellcheck shell=sh

say() { printf '%s\n' "$*" >&2; }

give_up() {
    say "$*"
    exit 1
}

may_install_packages() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

install_packages() {
    say "Installing from Debian: $*"
    if [ -z "${package_lists_read:-}" ]; then
        # Without the network an old list may still be enough, so a failure here is not yet the end.
        apt-get -q -o DPkg::Lock::Timeout=120 update >&2 || say "The package lists could not be refreshed."
        package_lists_read=yes
    fi
    DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y -o DPkg::Lock::Timeout=120 --no-install-recommends install "$@" >&2
}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    if [ -n "${SE_PYTHON:-}" ]; then
        python=$SE_PYTHON
        is_new_enough "$python"
        return
    fi
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        if is_new_enough "$python"; then return 0; fi
    done
    return 1
}

make_environment() {
    if ! find_python; then
        if [ -z "${SE_PYTHON:-}" ] && may_install_packages; then install_packages python3 python3-venv || true; fi
        find_python || give_up "Python 3.11 or newer is needed. Install it, or name it in SE_PYTHON."
    fi
    # Debian ships the module venv without pip; ensurepip comes with python3-venv.
    if ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
        may_install_packages || give_up "Python's venv is missing. As root: apt-get install python3-venv"
        install_packages python3-venv || give_up "python3-venv could not be installed."
        "$python" -c 'import ensurepip' >/dev/null 2>&1 ||
            give_up "$python has no ensurepip, and Debian's python3-venv belongs to another Python. Name that one in SE_PYTHON."
    fi
    say "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
}

# An environment carries its own path in its scripts, so one that was copied with the checkout is of no use.
environment_is_ours() {
    is_new_enough .venv/bin/python && grep -qF "$PWD/.venv" .venv/bin/activate 2>/dev/null &&
        .venv/bin/python -c 'import pip' >/dev/null 2>&1
}

what_is_wanted() {
    printf '%s\n' "$PWD"
    .venv/bin/python --version
    cat requirements.lock setup.cfg pyproject.toml | cksum
}

install_requirements() {
    if [ "$(what_is_wanted)" = "$(cat .venv/se-engine.stamp 2>/dev/null)" ]; then return 0; fi
    say "Installing what requirements.lock names (once; a minute or two)"
    rm -f .venv/se-engine.stamp
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        --require-hashes --requirement requirements.lock
    # setuptools stands in the lock, so building the project itself fetches nothing more.
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        --no-deps --no-build-isolation --editable .
    what_is_wanted >.venv/se-engine.stamp
}

compile_translations() {
    for source in web/translations/*/LC_MESSAGES/*.po; do
        compiled=${source%.po}.mo
        if [ ! -e "$source" ]; then continue; fi
        if [ -e "$compiled" ] && [ -z "$(find "$source" -newer "$compiled")" ]; then continue; fi
        .venv/bin/pybabel --quiet compile --input-file="$source" --output-file="$compiled"
    done
}

prepare() {
    environment_is_ours || make_environment
    install_requirements
    compile_translations
}

# Playwright's driver is asked too: its node needs libatomic, which a small Debian lacks.
has_browser() { .venv/bin/python -m tests.support.chromium && .venv/bin/playwright --version; } >/dev/null 2>&1

has_postgres() { .venv/bin/python -m tests.support.postgres >/dev/null 2>&1; }

# missing NAME REQUIRED: a test run without NAME is possible, but nobody should overlook it.
missing() {
    if [ "$2" = 1 ]; then give_up "$1 is required here, and was neither found nor could be installed."; fi
    say ""
    say "*** $1 was not found: every test that needs it will be SKIPPED. ***"
    say ""
}

find_browser() {
    has_browser && return
    if may_install_packages; then
        install_packages chromium fonts-liberation libatomic1 || true
    fi
    has_browser || missing "A browser (Chromium)" "${SE_REQUIRE_BROWSER:-0}"
}

find_postgres() {
    has_postgres && return
    if may_install_packages; then install_packages postgresql || true; fi
    has_postgres || missing "PostgreSQL (initdb and pg_ctl)" "${SE_REQUIRE_POSTGRES:-0}"
}
