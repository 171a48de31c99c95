"""Promises about every file: short modules, and nothing of the machine or the people it was written with."""

import re

from tests.support.tree import files, name

MODULES = [path for path in files() if path.suffix == ".py"]
VENDORED = re.compile(r"(^|/)vendor/")
LONGEST = 300
PERSONAL_PATH = re.compile(r"/home/\w+/|/Users/\w+/|/root/|/work/|[A-Z]:\\Users\\")
PRIVATE_HOST = re.compile(
    r"https?://[\w.-]+\.(?:internal|intranet|corp|lan|local)\b|\b(?:10\.\d+|192\.168)\.\d+\.\d+\b"
)
ADDRESS = re.compile(r"[\w.+-]+@((?:[\w-]+\.)+[a-z]{2,})\b")
# RFC 2606 and 6761: names that never belong to anybody.
NOBODYS = re.compile(r"(^|\.)(example\.(com|net|org|no)|example|invalid|test|localhost)$")


def readable(path):
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


TEXTS = {
    name(path): readable(path)
    for path in files()
    if not VENDORED.search(name(path)) and path.name not in ("LICENSE", "requirements.lock", "test_tree.py")
}


def test_a_module_is_short_enough_to_have_one_subject():
    """Migrations are left out: the first makes every table, and none is read again."""
    read = [module for module in MODULES if not name(module).startswith("migrations/versions/")]
    sizes = {name(module): sum(1 for line in readable(module).splitlines() if line.strip()) for module in read}
    assert {module: size for module, size in sizes.items() if size > LONGEST} == {}


def test_a_module_opens_with_what_is_found_in_it():
    """An empty __init__.py only says that the folder is a package."""
    silent = [module for module in MODULES if not re.match(r'(#!.*\n)?"""\S', readable(module))]
    assert [name(module) for module in silent if module.name != "__init__.py"] == []


def found(pattern):
    return [f"{where}: {hit[0]}" for where, text in TEXTS.items() for hit in pattern.finditer(text)]


def test_no_path_of_somebodys_machine():
    assert found(PERSONAL_PATH) == []


def test_no_private_host():
    assert found(PRIVATE_HOST) == []


def test_every_mail_address_is_nobodys():
    mails = [
        f"{where}: {hit[0]}"
        for where, text in TEXTS.items()
        for hit in ADDRESS.finditer(text)
        if not NOBODYS.search(hit[1])
    ]
    assert mails == []
