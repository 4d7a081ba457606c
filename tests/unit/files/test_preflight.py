"""What a file really is, and which containers are not opened."""

from __future__ import annotations

import struct
import time
import warnings
import zipfile
from pathlib import Path

import pytest

from app.files.preflight import recognise
from app.files.read_causes import PARTS, Refusal

TYPES = b'<?xml version="1.0"?><Types/>'


def archive(path: Path, parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def refusal(path: Path) -> Refusal:
    with pytest.raises(Refusal) as caught:
        recognise(path)
    return caught.value


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"MZ\x90\0" + b"\0" * 60, "EXE"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"{\\rtf1", "RTF"),
        (b'<?xml version="1.0"?><note/>', "XML"),
        (b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n", "MHTML"),
    ],
)
def test_that_a_mislabelled_file_is_called_what_it_is(tmp_path, content, kind):
    path = tmp_path / "企业.xls"
    path.write_bytes(content)
    cause = refusal(path)
    assert (cause.code, cause.params["kind"]) == ("READ_OTHER_FORMAT", kind)


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"[Content_Types].xml": TYPES, "word/document.xml": b"<w/>"}, "Word (.docx)"),
        ({"[Content_Types].xml": TYPES, "ppt/presentation.xml": b"<p/>"}, "PowerPoint (.pptx)"),
        ({"青山镇.xlsx": b"x", "白水镇.xlsx": b"y"}, "ZIP"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>"}, "OpenDocument (.odt)"),
    ],
)
def test_that_a_zip_that_is_no_workbook_is_called_what_it_is(tmp_path, parts, kind):
    cause = refusal(archive(tmp_path / "a.xlsx", parts))
    assert (cause.code, cause.params["kind"]) == ("READ_OTHER_FORMAT", kind)


@pytest.mark.parametrize("content", [b"", b"   \r\n", b"\0" * 5000, b"\xef\xbb\xbf"])
def test_that_a_file_without_content_is_empty(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert refusal(path).code == "READ_EMPTY_FILE"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("企业,员工\n甲,3\n".encode(), "text"),
        ("企业\t员工\n".encode("utf-16"), "text"),
        (b"<html><table></table></html>", "html"),
        (b'\xef\xbb\xbf<meta charset="gb2312"><table>', "html"),
        (b"<5,>3\n", "text"),
    ],
)
def test_that_text_and_web_pages_are_told_apart(tmp_path, content, kind):
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    assert recognise(path) == kind


@pytest.mark.parametrize("prolog", [b"", b"<?xml version='1.0'?>", b"<!-- " + b"x" * 6000 + b" -->"])
def test_that_a_document_type_is_refused_wherever_it_hides(tmp_path, prolog):
    doctype = prolog + b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'
    path = archive(tmp_path / "a.xlsx", {"[Content_Types].xml": TYPES, "xl/worksheets/sheet1.xml": doctype})
    assert refusal(path).code == "READ_UNSAFE"


def test_that_a_document_type_in_utf16_is_refused(tmp_path):
    part = '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'.encode("utf-16")
    assert refusal(archive(tmp_path / "a.xlsx", {"[Content_Types].xml": TYPES, "xl/workbook.xml": part})).code == "READ_UNSAFE"


def test_that_an_endless_prolog_is_refused(tmp_path):
    part = b"<!-- " + b"x y z" * 40_000
    assert refusal(archive(tmp_path / "a.xlsx", {"[Content_Types].xml": TYPES, "xl/workbook.xml": part})).code == "READ_UNSAFE"


def test_that_a_zip_bomb_is_refused_at_once(tmp_path):
    path = archive(tmp_path / "a.xlsx", {"[Content_Types].xml": TYPES, "xl/worksheets/sheet1.xml": b" " * (30 << 20)})
    started = time.perf_counter()
    assert refusal(path).code == "READ_UNSAFE"
    assert time.perf_counter() - started < 0.5


def test_that_a_part_given_twice_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as file:
        warnings.simplefilter("ignore")
        for name in ("[Content_Types].xml", "xl/workbook.xml", "XL\\workbook.xml"):
            file.writestr(name, TYPES)
    assert refusal(path).code == "READ_UNSAFE"


def test_that_too_many_parts_are_refused(tmp_path):
    path = archive(tmp_path / "a.xlsx", {f"xl/{n}.xml": b"" for n in range(PARTS + 1)}, zipfile.ZIP_STORED)
    assert refusal(path).code == "READ_UNSAFE"


def test_that_a_cut_zip_is_damaged(tmp_path):
    path = archive(tmp_path / "a.xlsx", {"[Content_Types].xml": TYPES, "xl/workbook.xml": TYPES})
    path.write_bytes(path.read_bytes()[:-30])
    assert refusal(path).code == "READ_DAMAGED"


def test_that_an_encrypted_old_workbook_says_so(tmp_path):
    bof = struct.pack("<HH", 0x0809, 16) + struct.pack("<HH", 0x0600, 5) + b"\0" * 12
    stream = bof + struct.pack("<HH", 0x002F, 6) + b"\0" * 6
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream + "Workbook".encode("utf-16-le"))
    assert refusal(path).code == "READ_PASSWORD"


def test_that_an_encrypted_new_workbook_says_so(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"))
    assert refusal(path).code == "READ_PASSWORD"


def test_that_a_word_document_in_the_old_container_says_so(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "WordDocument".encode("utf-16-le"))
    assert refusal(path).params == {"kind": "Word (.doc)"}
