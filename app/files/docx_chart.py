"""An editable chart in a Word document: a chart part with its embedded workbook, which python-docx cannot write itself."""

from __future__ import annotations

from app.domain.figure import Figure
from app.files.docx_xml import RELATIONS, WORD, attribute
from app.files.office_charts import ChartStyle, chart_data, style_chart

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
PLACED = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
EMU_PER_MM = 36000
FIRST_ID = 1000  # of drawings, apart from those a user's own document has


def chart_parts(figure: Figure, style: ChartStyle) -> tuple[bytes, bytes]:
    """Return the chart's XML, which refers to its workbook as rId1, and the workbook."""
    from lxml import etree
    from pptx.chart.chart import Chart
    from pptx.oxml import parse_xml

    chart_type, data = chart_data(figure)
    space = parse_xml(data.xml_bytes(chart_type))
    style_chart(Chart(space, None), figure, style)
    external = etree.SubElement(space, f"{{{CHART}}}externalData", {f"{{{RELATIONS}}}id": "rId1"})
    etree.SubElement(external, f"{{{CHART}}}autoUpdate", {"val": "0"})
    xml = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    return xml, data._workbook_writer.xlsx_blob


def chart_run(relation: str, number: int, names: tuple[str, str], size: tuple[float, float]) -> str:
    """Return the run of chart `number`, `size` mm wide and high; `names` are its name and its alternative text."""
    wide, high = (round(mm * EMU_PER_MM) for mm in size)
    name, alt = map(attribute, names)
    chart = f'<c:chart xmlns:c="{CHART}" xmlns:r="{RELATIONS}" r:id="{relation}"/>'
    graphic = f'<a:graphic xmlns:a="{DRAWING}"><a:graphicData uri="{CHART}">{chart}</a:graphicData></a:graphic>'
    return (
        f'<w:r xmlns:w="{WORD}"><w:drawing><wp:inline xmlns:wp="{PLACED}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{FIRST_ID + number}" name={name} descr={alt}/>'
        f"<wp:cNvGraphicFramePr/>{graphic}</wp:inline></w:drawing></w:r>"
    )
