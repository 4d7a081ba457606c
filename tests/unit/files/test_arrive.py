"""Folders, archives and locked workbooks become workbooks that can be read; what is refused is a finding, the others go on."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import struct
import sys
import threading
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.domain.errors import UserError
from app.domain.task import Progress, run_to_end
from app.files import unpack_process
from app.files.arrive import arrive
from app.files.passwords import read_passwords
from app.files.preflight import is_archive
from app.files.read_workbook import read_workbook
from app.files.unpack_names import leads_out, member_names, shown

CSV = "企业,员工\n甲,3\n".encode()


class _Named(zipfile.ZipInfo):
    """A member whose name stands as it is given, without the UTF-8 flag."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(raw.decode("cp437"))
        self.raw = raw

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.raw, 0


def packed(path: Path, members: dict[str, bytes], codec: str = "utf-8") -> Path:
    """Write a zip whose names stand in `codec`; without the UTF-8 flag unless that is utf-8-flag."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            if codec == "flag":
                archive.writestr(name, content)
                continue
            archive.writestr(_Named(name.encode(codec)), content, zipfile.ZIP_DEFLATED)
    return path


def come(tmp_path: Path, *paths: Path, passwords: tuple[str, ...] = ()):
    folder = tmp_path / "private"
    folder.mkdir(exist_ok=True)
    arrivals, findings = run_to_end(arrive(paths, passwords, folder))
    return arrivals, [(finding.code, finding.place.source) for finding in findings]


@pytest.mark.parametrize("codec", ["flag", "utf-8", "gb18030"])
def test_that_names_in_archives_are_those_that_people_gave(tmp_path, codec):
    path = packed(tmp_path / "青山县.zip", {"青山镇/企业调查表（2026）.csv": CSV, "白水镇.csv": CSV}, codec)
    arrivals, findings = come(tmp_path, path)
    assert [arrival.name for arrival in arrivals] == ["青山县.zip/青山镇/企业调查表（2026）.csv", "青山县.zip/白水镇.csv"]
    assert findings == []
    assert {arrival.received for arrival in arrivals} == {hashlib.sha256(path.read_bytes()).hexdigest()}
    assert [arrival.path.read_bytes() for arrival in arrivals] == [CSV, CSV]
    assert all(arrival.path.parent == tmp_path / "private" and arrival.path.suffix == ".csv" for arrival in arrivals)


def test_that_traditional_names_without_a_flag_are_read(tmp_path):
    arrivals, _ = come(tmp_path, packed(tmp_path / "a.zip", {"企業人工智慧應用調查表/填報單位資料.csv": CSV}, "big5"))
    assert arrivals[0].name == "a.zip/企業人工智慧應用調查表/填報單位資料.csv"


def test_that_a_file_by_itself_arrives_as_it_is(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(CSV)
    (arrival,), findings = come(tmp_path, path)
    assert (arrival.path, arrival.name, arrival.received, findings) == (path, "a.csv", "", [])
    assert list((tmp_path / "private").iterdir()) == []


def test_that_names_that_lead_out_never_touch_the_disk_and_the_others_go_on(tmp_path):
    names = ["../../甲.xlsx", "/etc/乙.csv", "C:/丙.csv", "a/../../丁.csv", "..\\戊.csv", "好.csv"]
    arrivals, findings = come(tmp_path, packed(tmp_path / "a.zip", dict.fromkeys(names, CSV)))
    assert [arrival.name for arrival in arrivals] == ["a.zip/好.csv"]
    assert [code for code, _ in findings] == ["READ_UNSAFE"] * 5
    assert findings[0][1] == "a.zip/../../甲.xlsx"
    assert {path.name for path in tmp_path.rglob("*")} == {"a.zip", "private", arrivals[0].path.name}


def test_that_links_bombs_and_empty_members_are_refused_by_name(tmp_path):
    path = packed(tmp_path / "a.zip", {"空.csv": b"", "大.csv": b" " * (8 << 20), "好.csv": CSV}, "flag")
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("link.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    arrivals, findings = come(tmp_path, path)
    assert [arrival.name for arrival in arrivals] == ["a.zip/好.csv"]
    assert findings == [
        ("READ_EMPTY_FILE", "a.zip/空.csv"),
        ("READ_UNSAFE", "a.zip/大.csv"),
        ("READ_NOT_A_FILE", "a.zip/link.csv"),
    ]


def test_that_a_damaged_member_is_refused_and_leaves_nothing_behind(tmp_path):
    path = packed(tmp_path / "a.zip", {"坏.csv": os.urandom(3 << 20), "好.csv": CSV})
    content = bytearray(path.read_bytes())
    content[2 << 20] ^= 0xFF
    path.write_bytes(content)
    arrivals, findings = come(tmp_path, path)
    assert [arrival.name for arrival in arrivals] == ["a.zip/好.csv"]
    assert findings == [("READ_DAMAGED", "a.zip/坏.csv")]
    assert len(list((tmp_path / "private").iterdir())) == 1


def test_that_one_archive_in_another_is_opened_and_no_more(tmp_path):
    third = packed(tmp_path / "3.zip", {"三.csv": CSV}).read_bytes()
    second = packed(tmp_path / "2.zip", {"二.csv": CSV, "3.zip": third}).read_bytes()
    first = packed(tmp_path / "1.zip", {"2.zip": second, "一.csv": CSV})
    arrivals, findings = come(tmp_path, first)
    assert [arrival.name for arrival in arrivals] == ["1.zip/2.zip/二.csv", "1.zip/一.csv"]
    assert findings == [("READ_OTHER_FORMAT", "1.zip/2.zip/3.zip")]


def test_that_unpacked_bytes_are_limited_over_all_archives_in_one(tmp_path, monkeypatch):
    monkeypatch.setattr("app.files.arrive.UNPACKED_BYTES", 5000)
    inner = packed(tmp_path / "inner.zip", {"a.csv": os.urandom(1500), "b.csv": os.urandom(1500)}).read_bytes()
    arrivals, findings = come(tmp_path, packed(tmp_path / "a.zip", {"1.zip": inner, "2.csv": CSV}))
    assert [arrival.name for arrival in arrivals] == ["a.zip/2.csv"]
    assert findings == [("READ_TOO_LARGE", "a.zip/1.zip")]


def test_that_what_is_no_table_is_counted_and_an_archive_without_any_is_named(tmp_path):
    path = packed(tmp_path / "a.zip", {"说明.pdf": b"%PDF", "__MACOSX/._表.xlsx": b"x", "~$表.xlsx": b"x", ".DS_Store": b"x"})
    arrivals, findings = come(tmp_path, path)
    assert arrivals == ()
    assert findings == [("READ_OTHER_FORMAT", "a.zip")]


def test_that_archives_in_folders_are_found(tmp_path):
    (tmp_path / "收到").mkdir()
    packed(tmp_path / "收到" / "乙.zip", {"表.csv": CSV})
    (tmp_path / "收到" / "甲.csv").write_bytes(CSV)
    arrivals, _ = come(tmp_path, tmp_path / "收到")
    assert sorted(arrival.name for arrival in arrivals) == ["乙.zip/表.csv", "甲.csv"]


def test_that_unusual_compression_is_refused_by_name(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("甲.csv", CSV, zipfile.ZIP_LZMA)
        archive.writestr("乙.csv", CSV, zipfile.ZIP_STORED)
    arrivals, findings = come(tmp_path, tmp_path / "a.zip")
    assert [arrival.name for arrival in arrivals] == ["a.zip/乙.csv"]
    assert findings == [("READ_OTHER_FORMAT", "a.zip/甲.csv")]


def zip_crypto(content: bytes, password: bytes) -> bytes:
    """Encrypt by the traditional method of the .ZIP specification (6.1), whose first twelve bytes end with a check byte."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def step(crc: int, byte: int) -> int:
        return zlib.crc32(bytes([byte]), crc ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    def update(byte: int) -> None:
        keys[0] = step(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = step(keys[2], keys[1] >> 24)

    for byte in password:
        update(byte)
    secret = bytearray()
    for byte in bytes(11) + bytes([zlib.crc32(content) >> 24]) + content:
        mask = (keys[2] | 2) & 0xFFFF
        secret.append(byte ^ (mask * (mask ^ 1) >> 8 & 0xFF))
        update(byte)
    return bytes(secret)


def locked_archive(path: Path, password: bytes) -> Path:
    """A zip of one locked member `锁.csv` and one open member `开.csv`."""
    secret, name = zip_crypto(CSV, password), "锁.csv".encode("gb18030")
    fields = (20, 1, 0, 0, 0x21, zlib.crc32(CSV), len(secret), len(CSV), len(name), 0)
    local = b"PK\3\4" + struct.pack("<HHHHHIIIHH", *fields) + name + secret
    plain_name = "开.csv".encode("gb18030")
    plain = (20, 0, 0, 0, 0x21, zlib.crc32(CSV), len(CSV), len(CSV), len(plain_name), 0)
    second = b"PK\3\4" + struct.pack("<HHHHHIIIHH", *plain) + plain_name + CSV
    tail = struct.pack("<HHHII", 0, 0, 0, 0, 0)
    directory = b"PK\1\2" + struct.pack("<HHHHHHIIIHH", 20, *fields) + tail + name
    last = struct.pack("<HHHII", 0, 0, 0, 0, len(local))
    directory += b"PK\1\2" + struct.pack("<HHHHHHIIIHH", 20, *plain) + last + plain_name
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 2, 2, len(directory), len(local) + len(second), 0)
    path.write_bytes(local + second + directory + end)
    return path


def test_that_a_locked_member_is_named_and_opens_with_its_password(tmp_path):
    path = locked_archive(tmp_path / "a.zip", "青山2026".encode("gb18030"))
    arrivals, findings = come(tmp_path, path, passwords=("错的", "123456"))
    assert ([arrival.name for arrival in arrivals], findings) == (["a.zip/开.csv"], [("READ_PASSWORD", "a.zip/锁.csv")])
    arrivals, findings = come(tmp_path, path, passwords=("错的", "青山2026"))
    assert ([arrival.name for arrival in arrivals], findings) == (["a.zip/锁.csv", "a.zip/开.csv"], [])
    assert arrivals[0].path.read_bytes() == CSV


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("sheetjs/password_2002_128_enhanced.xls", "password"),
        ("sheetjs/password_2002_40_basecrypto.xls", "password"),
        ("sheetjs/password_2002_40_dss.xls", "password"),
        ("sheetjs/2011/apachepoi_password.xls.xlsb", "password"),
        ("apache_poi/test-data/spreadsheet/protected_passtika.xlsx", "tika"),
        ("apache_poi/test-data/spreadsheet/protected_passtika.xlsb", "tika"),
        ("apache_poi/test-data/spreadsheet/xor-encryption-abc.xls", "abc"),
        ("calamine/tests/pass_protected.xlsx", "123"),
    ],
)
def test_that_locked_workbooks_open_with_their_password_and_read(shared_data, tmp_path, name, password):
    found = sorted((shared_data / "workbooks").rglob(Path(name).name))
    (arrival,), findings = come(tmp_path, found[0], passwords=("不对", "", "x" * 300, password))
    assert findings == []
    assert (arrival.name, arrival.received) == (found[0].name, hashlib.sha256(found[0].read_bytes()).hexdigest())
    codes = {finding.code for finding in run_to_end(read_workbook(arrival.path)).findings}
    assert codes <= {"READ_NO_CELLS", "READ_ERROR_CELLS"}
    assert come(tmp_path, found[0], passwords=("不对",)) == ((), [("READ_PASSWORD", found[0].name)])


def test_that_a_locked_workbook_in_an_archive_opens(shared_data, tmp_path):
    (locked,) = (shared_data / "workbooks" / "calamine").rglob("pass_protected.xlsx")
    path = packed(tmp_path / "a.zip", {"锁.xlsx": locked.read_bytes()})
    (arrival,), findings = come(tmp_path, path, passwords=("123",))
    assert (arrival.name, findings) == ("a.zip/锁.xlsx", [])
    assert arrival.received == hashlib.sha256(path.read_bytes()).hexdigest()
    assert zipfile.is_zipfile(arrival.path)


def test_that_passwords_stand_in_no_command_line_and_in_no_environment(tmp_path, monkeypatch):
    started = []
    popen = unpack_process.subprocess.Popen

    def watched(command, **options):
        started.append((command, options.get("env")))
        return popen(command, **options)

    monkeypatch.setattr(unpack_process.subprocess, "Popen", watched)
    come(tmp_path, locked_archive(tmp_path / "a.zip", b"secret"), passwords=("secret",))
    assert started
    assert not any("secret" in part for command, _ in started for part in command)
    assert all(environment is None for _, environment in started)


@pytest.mark.skipif(sys.platform == "win32", reason="modes of Windows are others")
def test_that_only_the_user_can_read_what_was_unpacked(tmp_path):
    (arrival,), _ = come(tmp_path, packed(tmp_path / "a.zip", {"a.csv": CSV}))
    assert stat.S_IMODE(arrival.path.stat().st_mode) == 0o600


def test_that_stopping_half_way_ends_the_child(tmp_path):
    path = packed(tmp_path / "a.zip", {f"{n}.csv": os.urandom(1 << 20) for n in range(12)})
    (tmp_path / "private").mkdir()
    task = arrive([path], (), tmp_path / "private")
    steps = [next(task) for _ in range(3)]
    assert all(isinstance(step, Progress) for step in steps)
    task.close()
    assert not any(thread.name == "unpack" and thread.is_alive() for thread in threading.enumerate())


@pytest.mark.parametrize("content", [b"", b"PK\3\4 cut", b"PK\5\6" + bytes(18), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut"])
def test_that_rubbish_arrives_for_its_reader_to_name(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    arrivals, findings = come(tmp_path, path)
    assert len(arrivals) + len(findings) == 1


def test_that_hostile_files_arrive_or_are_refused(shared_data, tmp_path):
    files = sorted((shared_data / "attacks").iterdir())
    arrivals, findings = come(tmp_path, *files)
    assert len(arrivals) + len(findings) == len(files)


def test_that_workbooks_are_no_archives(tmp_path, shared_data):
    files = [path for path in (shared_data / "workbooks").rglob("*.xls?") if path.read_bytes()[:2] == b"PK"][::10]
    assert files
    assert not any(is_archive(path) for path in files)


def test_that_an_archive_of_stored_workbooks_is_one(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.xlsx", inner.getvalue())
    assert is_archive(tmp_path / "a.zip")


NAMES = st.text(
    st.characters(codec="gb18030", exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters='\\/:*?"<>|'), min_size=1
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(names=["企业.csv"], codec="gb18030")
@given(names=st.lists(NAMES, min_size=1, max_size=5, unique=True), codec=st.sampled_from(["flag", "utf-8"]))
def test_that_any_name_comes_back_as_it_was_written(tmp_path, names, codec):
    path = packed(tmp_path / "a.zip", dict.fromkeys(names, b"x"), codec)
    with zipfile.ZipFile(path) as archive:
        found = member_names(archive.infolist())
    isolated = codec == "utf-8" and not any(len(name.encode()) > len(name) for name in names)
    assert found == tuple(names) or isolated


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=3, max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.builds("{}企业调查表.xlsx".format, HAN), min_size=1, max_size=5, unique=True))
def test_that_names_of_chinese_windows_come_back(tmp_path, names):
    with zipfile.ZipFile(packed(tmp_path / "a.zip", dict.fromkeys(names, b"x"), "gbk")) as archive:
        assert member_names(archive.infolist()) == tuple(names)


def test_that_a_unicode_name_beside_the_old_one_wins(tmp_path):
    raw = b"???.csv"
    field = struct.pack("<BI", 1, zlib.crc32(raw)) + "青山镇.csv".encode()
    info = zipfile.ZipInfo("???.csv")
    info.extra = struct.pack("<HH", 0x7075, len(field)) + field
    other = zipfile.ZipInfo("???.csv")
    other.extra = struct.pack("<HH", 0x7075, len(field)) + struct.pack("<BI", 1, 7) + field[5:]
    assert member_names([info, other]) == ("青山镇.csv", "???.csv")


@given(name=st.text())
def test_that_no_name_inside_a_folder_leads_out_and_shown_names_can_be_stored(name):
    shown(name).encode("utf-8")
    if not leads_out(name):
        assert os.path.normpath(f"/root/{name}").startswith("/root")


def test_that_passwords_are_read_one_a_line(tmp_path):
    path = tmp_path / "密码.txt"
    for codec in ("utf-8", "utf-8-sig", "gb18030"):
        path.write_bytes("青山2026\r\n\r\nabc 1\r\n青山2026\r\n".encode(codec))
        assert read_passwords(path) == ("青山2026", "abc 1")


@pytest.mark.parametrize("content", [None, b"\0\0", b"\xff\xff\xff", b"x" * 70_000])
def test_that_what_is_no_password_file_is_refused(tmp_path, content):
    path = tmp_path / "密码.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        read_passwords(path)
    assert caught.value.code == "password.file"
