"""The DOCX, checked against what Decree 30/2020/NĐ-CP says of a report's form."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph

from broadcaster.domain.campaign import LetterRef
from broadcaster.report.docx_report import docx_report
from broadcaster.report.figures import results
from broadcaster.report.named import Named
from tests.fakes.ledger import MemoryLedger
from tests.report.hand import HANOI, fill
from tests.report.test_figures import DAYS

NAMES = Named(
    station="Đài truyền thanh phường An Biên",
    timezone=HANOI,
    campaign="ngay-hoi",
    title="Ngày hội Đổi mới sáng tạo",
    theme="Đổi mới sáng tạo toàn dân",
    letter=LetterRef(number="12/UBND-VHXH", date=DAYS[0].replace(month=2, day=5)),
    implements=("3093/SKHCN-QLCL",),
    window=DAYS,
    zones={"loa": "Toàn phường", "loa-3": "Tổ 3"},
    signs={"cong": "Cổng phường"},
)


def made() -> bytes:
    ledger = MemoryLedger()
    fill(ledger)
    return docx_report(results(ledger.records(), "ngay-hoi", HANOI, DAYS), NAMES)


@pytest.fixture(scope="module")
def document() -> Document:
    return docx.Document(io.BytesIO(made()))


def every(document: Document) -> Iterator[Paragraph]:
    """Give all paragraphs in their order, those in tables too."""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from (
                line for row in block.rows for cell in row.cells for line in cell.paragraphs
            )
        else:
            yield block


def find(document: Document, start: str) -> Paragraph:
    return next(line for line in every(document) if line.text.startswith(start))


def looks(line: Paragraph) -> set[tuple[float, bool, bool]]:
    return {(r.font.size.pt, bool(r.bold), bool(r.italic)) for r in line.runs if r.font.size}


def bare(line: Paragraph) -> bool:
    return not line.text.strip()


def test_pages_are_a4_with_the_margins_of_the_decree(document: Document) -> None:
    assert len(document.sections) == 2
    for section in document.sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        assert Mm(20) <= section.top_margin <= Mm(25)
        assert Mm(20) <= section.bottom_margin <= Mm(25)
        assert Mm(30) <= section.left_margin <= Mm(35)
        assert Mm(15) <= section.right_margin <= Mm(20)


def test_all_text_is_times_new_roman_in_black_for_every_script(document: Document) -> None:
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {
        "Times New Roman"
    }
    for line in every(document):
        assert line.style.name == "Normal"
        for run in line.runs:
            assert run.font.name == "Times New Roman"
            assert run.font.size.pt in {11, 12, 13, 14}
            assert run.font.color.rgb is None


@pytest.mark.parametrize("number", [0, 1])
def test_each_part_numbers_its_own_pages_but_for_the_first(document: Document, number: int) -> None:
    section = document.sections[number]
    header = section.header
    assert not header.is_linked_to_previous
    (line,) = header.paragraphs
    assert "PAGE" in "".join(each.text or "" for each in line._p.iter(qn("w:instrText")))
    assert line.alignment == ALIGN.CENTER
    assert looks(line) <= {(13, False, False), (14, False, False)}
    assert section.different_first_page_header_footer
    assert all(map(bare, section.first_page_header.paragraphs))
    assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_the_letterhead_says_who_reports_and_leaves_number_and_date_to_the_clerk(
    document: Document,
) -> None:
    table = document.tables[0]
    left, right = (
        [line for line in cell.paragraphs if not bare(line)] for cell in table.rows[0].cells
    )
    assert [(line.text, looks(line)) for line in left] == [
        ("ỦY BAN NHÂN DÂN PHƯỜNG AN BIÊN", {(12, False, False)}),
        ("ĐÀI TRUYỀN THANH PHƯỜNG AN BIÊN", {(12, True, False)}),
        ("Số:         /BC-ĐTT", {(13, False, False)}),
    ]
    assert [(line.text, looks(line)) for line in right] == [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {(12, True, False)}),
        ("Độc lập - Tự do - Hạnh phúc", {(13, True, False)}),
        ("…………, ngày …… tháng …… năm ……", {(13, False, True)}),
    ]
    assert {line.alignment for line in (*left, *right)} == {ALIGN.CENTER}
    assert sum(width_of(column) for column in table.columns) == pytest.approx(164, abs=0.1)
    for cell, column in zip(table.rows[0].cells, table.columns, strict=True):
        assert cell.width == column.width


def width_of(column: object) -> float:
    return column.width.mm  # type: ignore[attr-defined,no-any-return]


def rules(document: Document) -> list[float]:
    """Give the lengths of the solid lines, in millimetres."""
    found = []
    cells = document.tables[0].rows[0].cells
    places = [(cell.paragraphs, cell.width.mm) for cell in cells] + [(document.paragraphs, 164.0)]
    for lines, room in places:
        for line in lines:
            if line._p.pPr is not None and line._p.pPr.find(qn("w:pBdr")) is not None:
                form = line.paragraph_format
                assert form.left_indent == form.right_indent
                found.append(room - form.left_indent.mm - form.right_indent.mm)
    return found


def test_lines_stand_under_the_body_the_motto_and_the_subject(document: Document) -> None:
    body, motto, subject = rules(document)
    assert 67 / 3 <= body <= 67 / 2
    # As long as the motto in 13 points bold.
    assert motto == pytest.approx(56, abs=1)
    assert 164 / 3 <= subject <= 164 / 2


def test_the_title_the_addressee_and_the_grounds_follow_in_order(document: Document) -> None:
    texts = [line.text for line in every(document) if not bare(line)]
    starts = [
        "BÁO CÁO", "Kết quả tuyên truyền “Ngày hội Đổi mới sáng tạo”",
        "Kính gửi: Sở Khoa học và Công nghệ",
        "Căn cứ văn bản số 12/UBND-VHXH ngày 05 tháng 02 năm 2025 của",
        "Căn cứ văn bản số 3093/SKHCN-QLCL ngày …… tháng …… năm …… của",
        "Đài truyền thanh phường An Biên báo cáo kết quả như sau:",
        "I. ", "II. ", "III. ", "IV. ", "Nơi nhận:", "Phụ lục",
    ]  # fmt: skip
    places = [next(n for n, text in enumerate(texts) if text.startswith(start)) for start in starts]
    assert places == sorted(places)
    assert looks(find(document, "BÁO CÁO")) == {(14, True, False)}
    assert looks(find(document, "Kết quả tuyên truyền")) == {(14, True, False)}
    assert looks(find(document, "Kính gửi")) == {(14, False, False)}
    grounds = [line for line in every(document) if line.text.startswith("Căn cứ")]
    assert [line.text[-1] for line in grounds] == [";", "."]
    assert all(looks(line) == {(14, False, True)} for line in grounds)


def test_running_text_is_justified_indented_and_spaced(document: Document) -> None:
    start = next(n for n, p in enumerate(document.paragraphs) if p.text.startswith("Căn cứ"))
    running = [p for p in document.paragraphs[start:] if p.paragraph_format.first_line_indent]
    assert len(running) > 15
    for line in running:
        form = line.paragraph_format
        assert form.first_line_indent.mm == pytest.approx(12.7, abs=0.1)
        assert form.space_after.pt >= 6
        assert 1 <= form.line_spacing <= 1.5
        assert line.alignment == ALIGN.JUSTIFY or line.text.startswith("Mã SHA-256")
        assert {size for size, _, _ in looks(line)} == {14}


def test_receivers_stand_left_and_nobody_has_signed(document: Document) -> None:
    table = next(t for t in document.tables if "Nơi nhận" in t.rows[0].cells[0].text)
    left, right = table.rows[0].cells
    assert [(line.text, looks(line)) for line in left.paragraphs] == [
        ("Nơi nhận:", {(12, True, True)}),
        ("- Như trên;", {(11, False, False)}),
        ("- Lưu: VT, ĐTT.", {(11, False, False)}),
    ]
    assert set(right.text) <= {"…", "\n"}
    assert table.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None


def test_the_annex_names_itself_and_what_it_belongs_to(document: Document) -> None:
    lines = [line for line in document.paragraphs if not bare(line)]
    at = next(n for n, line in enumerate(lines) if line.text == "Phụ lục")
    assert [looks(line) for line in lines[at : at + 3]] == [
        {(14, True, False)}, {(14, True, False)}, {(14, False, True)},
    ]  # fmt: skip
    assert lines[at + 1].text.isupper()
    assert lines[at + 2].text == (
        "(Kèm theo Báo cáo số ……/BC-ĐTT ngày …… tháng …… năm …… của"
        " Đài truyền thanh phường An Biên)"
    )


def test_headings_of_tables_are_repeated_and_columns_have_their_widths(document: Document) -> None:
    tables = [t for t in document.tables if t.style.name == "Table Grid"]
    assert len(tables) == 5
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert sum(map(width_of, table.columns)) == pytest.approx(164, abs=0.5)


def test_what_the_ledger_does_not_tell_is_said_and_is_no_figure(document: Document) -> None:
    text = "\n".join(line.text for line in every(document))
    assert "Số tin, bài đã đăng: chưa có số liệu." in text
    assert "tính bằng phút: ≥ 11,5; đã phát: ≥ 5,7." in text
    assert "Có 1 lượt mà sổ phát sóng không cho biết thời lượng theo kế hoạch" in text
    assert "Các cụm không có lượt phát nào trong sổ phát sóng: Tổ 3." in text
    assert "Sổ phát sóng không ghi gì từ 10:00:00 23/09/2025 đến 12:00:00 23/09/2025" in text
    assert "định phát lúc …; chỉ được phát muộn tối đa 1m" in text


def test_it_is_vietnamese_whatever_the_reader_speaks(document: Document) -> None:
    assert document.core_properties.language == "vi-VN"
    assert document.core_properties.title == (
        "Báo cáo kết quả tuyên truyền “Ngày hội Đổi mới sáng tạo”"
    )
    assert document.core_properties.author == "Đài truyền thanh phường An Biên"


def test_a_ward_s_committee_has_no_body_above_it() -> None:
    ledger = MemoryLedger()
    fill(ledger)
    names = replace(NAMES, station="Ủy ban nhân dân phường An Biên", letter=None, implements=())
    found = docx_report(results(ledger.records(), "ngay-hoi", HANOI, DAYS), names)
    document = docx.Document(io.BytesIO(found))
    left = document.tables[0].rows[0].cells[0].text.split("\n")
    assert left[0] == "ỦY BAN NHÂN DÂN PHƯỜNG AN BIÊN"
    assert left[-1] == "Số:         /BC-UBND"
    text = "\n".join(line.text for line in document.paragraphs)
    assert "Căn cứ" not in text
    assert "Kính gửi: ………………………………" in text


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind"
    " jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs lang",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "tcPr": "tcW gridSpan tcBorders shd tcMar vAlign",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
}
"""What of ECMA-376 part 1 we write, in the order of its sequences: Word refuses another."""


def test_elements_stand_in_the_order_that_word_insists_on(document: Document) -> None:
    seen = set()
    parts = [document.element, document.sections[1].header._element]
    for element in (each for part in parts for each in part.iter()):
        name = element.tag.rpartition("}")[2]
        if name in ORDER:
            seen.add(name)
            children = [child.tag.rpartition("}")[2] for child in element]
            places = [ORDER[name].split().index(child) for child in children]
            assert places == sorted(places), children
            once = [child for child in children if child != "headerReference"]
            assert len(once) == len(set(once)), children
    assert seen == set(ORDER)
