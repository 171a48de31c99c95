"""A file is read as it was meant, or every fault of it is named with its place."""

from pathlib import Path

import pytest

from se_engine.exchange.tables import Column, Table
from se_engine.rules.errors import Refused


def number(text: str) -> int:
    if not text.isdecimal():
        raise Refused("percent_not_allowed")
    return int(text)


COLUMNS = (Column("name", str, needed=True, varied=True), Column("age", number), Column("town", str, optional=True))


def read(tmp_path: Path, content: bytes | str) -> tuple[list[list[object]], list[tuple[int, str, str, str]]]:
    path = tmp_path / "file.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    table = Table(path, COLUMNS)
    good = [row.values for row in table.rows() if row.good]
    return good, [(fault.line, fault.column, fault.value, fault.reason.code) for fault in table.faults]


@pytest.mark.parametrize(
    "content",
    [
        "name,age,town\nÅse,30,Bø\n",
        "name;age;town\nÅse;30;Bø\n",
        "﻿name;age;town\r\nÅse;30;Bø\r\n",
        "town,name,age\nBø,Åse,30",
        " name , age,town\n\n Åse , 30 ,Bø\n\n",
        'name,age,town\n"Åse","30","Bø"\n',
    ],
    ids=["comma", "semicolon", "mark and Windows", "other order", "blanks", "quoted"],
)
def test_a_file_is_read_as_it_was_meant(tmp_path, content):
    good, faults = read(tmp_path, content)
    assert faults == []
    assert [[str(value).strip('" ') for value in row] for row in good] == [["Åse", "30", "Bø"]]


def test_line_one_decides_the_delimiter(tmp_path):
    good, faults = read(tmp_path, "name;age\nA, B og C;4\n")
    assert (good, faults) == ([["A, B og C", 4, None]], [])


def test_an_optional_column_may_be_left_out_and_a_cell_may_be_empty(tmp_path):
    assert read(tmp_path, "name,age\nÅse,\n") == ([["Åse", None, None]], [])


def test_every_fault_of_every_row_is_named(tmp_path):
    good, faults = read(tmp_path, "name,age\n,x\nOla,3\nKari,y\n")
    assert good == [["Ola", 3, None]]
    assert faults == [
        (2, "name", "", "cell_needed"),
        (2, "age", "x", "percent_not_allowed"),
        (4, "age", "y", "percent_not_allowed"),
    ]


def test_a_value_on_two_lines_does_not_shift_the_line_numbers(tmp_path):
    _, faults = read(tmp_path, 'name,age\n"Ola\nNordmann",3\nKari,y\n')
    assert faults == [(4, "age", "y", "percent_not_allowed")]


def test_a_row_with_too_many_cells_is_named(tmp_path):
    _, faults = read(tmp_path, "name,age\nOla,3,Bø\n")
    assert faults == [(2, "", "", "cells_number")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", (1, "", "", "file_empty")),
        ("name\nOla\n", (1, "age", "", "column_missing")),
        ("name,age,height\nOla,3,4\n", (1, "height", "height", "column_unknown")),
        ("name,age,age\nOla,3,4\n", (1, "age", "age", "column_twice")),
        ('name,age\n"Ola,3\n', (2, "", "", "not_csv")),
        ("name,age\nÅse,30\n".encode("latin-1"), (2, "", "0xC5", "not_utf8")),
        ("name,age\nÅse,30\n".encode("utf-16"), (1, "", "0xFF", "not_utf8")),
        ("name,age\nOla,30\n".encode("utf-16-le"), (1, "", "0x00", "not_utf8")),
    ],
    ids=["empty", "missing", "unknown", "twice", "open quote", "latin-1", "utf-16", "utf-16 without mark"],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, content, expected):
    assert expected in read(tmp_path, content)[1]


def test_a_wrong_encoding_is_named_by_its_byte(tmp_path):
    """Also far into the file, and where a letter is cut by the end of a chunk."""
    path = tmp_path / "long.csv"
    good = "name,age\n" + "Åse,30\n" * 200_000
    path.write_bytes(good.encode() + "Bjørn,3\n".encode("latin-1"))
    table = Table(path, COLUMNS)
    assert list(table.rows()) == []
    [fault] = table.faults
    assert fault.reason.values == {"byte": len(good.encode()) + 3, "line": 200_002}
    assert "UTF-8" in fault.text("nb")
    assert str(len(good.encode()) + 3) in fault.text("en")
