"""An editable chart in a Word document: a chart part with its embedded workbook, which python-docx cannot write itself."""

from __future__ import annotations

from typing import Any

from app.domain.figure import Figure
from app.files.office_charts import ChartStyle, chart_data, style_chart

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
PLACED = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
EMU_PER_MM = 36000


def add_chart(document: Any, figure: Figure, style: ChartStyle, place: tuple[int, float, float]) -> None:
    """Add `figure` as chart number `place[0]`, `place[1]` × `place[2]` mm, in a centred paragraph of its own."""
    number, width, height = place
    relation = document.part.relate_to(_chart_part(document, figure, style, number), f"{RELATIONS}/chart")
    paragraph = document.add_paragraph()
    paragraph.alignment, paragraph.paragraph_format.keep_with_next = 1, True
    paragraph.add_run()._r.append(_inline(relation, number, figure.alt, (width, height)))


def _chart_part(document: Any, figure: Figure, style: ChartStyle, number: int) -> Any:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from lxml import etree
    from pptx.chart.chart import Chart
    from pptx.oxml import parse_xml

    chart_type, data = chart_data(figure)
    space = parse_xml(data.xml_bytes(chart_type))
    style_chart(Chart(space, None), figure, style)
    package = document.part.package
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), BOOK_TYPE, data._workbook_writer.xlsx_blob, package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, b"", package)
    relation = part.relate_to(book, f"{RELATIONS}/package")
    external = etree.SubElement(space, f"{{{CHART}}}externalData", {f"{{{RELATIONS}}}id": relation})
    etree.SubElement(external, f"{{{CHART}}}autoUpdate", {"val": "0"})
    part._blob = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    return part


def _inline(relation: str, number: int, alt: str, size: tuple[float, float]) -> Any:
    from xml.sax.saxutils import quoteattr

    from docx.oxml import parse_xml

    wide, high = (round(mm * EMU_PER_MM) for mm in size)
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    chart = f'<c:chart xmlns:c="{CHART}" xmlns:r="{RELATIONS}" r:id="{relation}"/>'
    graphic = f'<a:graphic xmlns:a="{DRAWING}"><a:graphicData uri="{CHART}">{chart}</a:graphicData></a:graphic>'
    return parse_xml(
        f'<w:drawing xmlns:w="{word}" xmlns:wp="{PLACED}"><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{1000 + number}" name="chart {number}" descr={quoteattr(alt)}/>'
        f"<wp:cNvGraphicFramePr/>{graphic}</wp:inline></w:drawing>"
    )
