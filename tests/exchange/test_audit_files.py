"""A report as files: every table, cells that a spreadsheet leaves alone, and nothing more than the paper shows."""

import io
import zipfile

from se_engine.exchange.audit_files import report_file
from se_engine.queries.audit_sheets import Sheet
from tests.support.rated_audits import small_content

SAID = ("@SUM(A1)",)


def written(output, *, public=False):
    return report_file(Sheet(small_content(), SAID, public=public), output, "en")


def test_the_cells_are_all_tables_and_no_formula():
    cells = written("csv").decode("utf-8-sig")
    for told in ("Item by item", "Computed evidence", "Stratum", "Action plan", "Outcomes"):
        assert f"\r\n{told}\r\n" in cells, told
    assert "'=1+1 interpreters" in cells
    assert "'@SUM(A1)" in cells
    assert ";28;40;3" in cells
    assert cells == written("csv").decode("utf-8-sig")


def test_the_workbook_has_a_sheet_for_each_and_writes_formulas_as_text():
    with zipfile.ZipFile(io.BytesIO(written("xlsx"))) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        text = b"".join(book.read(name) for name in book.namelist())
    assert len(sheets) >= 9
    assert b"=1+1 interpreters" in text
    assert b"<f>" not in text
    assert written("xlsx") == written("xlsx")


def test_the_public_cells_hide_what_the_paper_hides():
    cells = written("csv", public=True).decode("utf-8-sig")
    assert ";28;40;" not in cells
    assert "Stratum" not in cells
    assert "1.1" in cells
