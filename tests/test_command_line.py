"""The command line is a contract: names, options, JSON and exit states."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import paths
from desktop.storage.anchor import outside_name
from tests.running import Commands, Ran, digest, is_one_thai_sentence, program

HEAD = "เลขที่รับแจ้ง,วันที่แจ้ง"
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
# The table of the official form's four months: month, drawn up, period's end, received, completed, %, in progress, %.
FOUR_MONTHS = (
    ("2562-10", "28/10/2562", "31/10/2562", 217, 131, "60.37", 86, "39.63"),
    ("11/2562", "27/11/2562", "30/11/2562", 225, 176, "78.22", 49, "21.78"),
    ("๑๒/๒๕๖๒", "24/12/2562", "24/12/2562", 146, 97, "66.44", 49, "33.56"),
    ("2020-01", "28/1/2563", "28/1/2563", 164, 124, "75.61", 40, "24.39"),
)


@pytest.fixture
def commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(tmp_path / "ข้อมูล ทดสอบ", capsys)


def write(path: Path, *rows: str, heading: str = HEAD) -> Path:
    path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8-sig")
    return path


def test_the_four_months_of_the_form_come_out_of_the_demonstration(commands: Commands) -> None:
    assert commands.json("demo") == {"complaints": 752}
    for month, on, until, received, completed, percent, in_progress, rest in FOUR_MONTHS:
        found = commands.json("report", month, "--on", on, "--until", until)
        assert (found["received"], found["completed"], found["completed_percent"]) == (received, completed, percent)
        assert (found["in_progress"], found["in_progress_percent"]) == (in_progress, rest)
        assert found["report_number"] is None


def test_imported_counts_of_the_four_months_are_issued_frozen_and_revised(commands: Commands, tmp_path: Path) -> None:
    """The form's counts imported from a spreadsheet, issued month by month; later changes touch no issued byte."""
    rows = []
    for month, (_, on, _, received, completed, *_) in enumerate(FOUR_MONTHS):
        day = f"{[1, 1, 2, 2][month]}/{[10, 11, 12, 1][month]}/{[2562, 2562, 2562, 2563][month]}"
        rows += [f"{month}-{n:03d},{day},{on if n < completed else ''}" for n in range(received)]
    path = write(tmp_path / "นำเข้า.csv", *rows, heading=f"{HEAD},วันที่แล้วเสร็จ")
    assert commands.json("import", path)["files"][0]["new"] == 217 + 225 + 146 + 164
    for number, (month, on, until, received, completed, percent, *_) in enumerate(FOUR_MONTHS, 1):
        pdf = tmp_path / f"รายงาน {number}.pdf"
        found = commands.json("issue", month, "--on", on, "--until", until, "--pdf", pdf)
        assert (found["received"], found["completed"], found["completed_percent"]) == (received, completed, percent)
        assert (found["report_number"], found["revision"]) == (number, 1)
        assert pdf.read_bytes().startswith(b"%PDF")
    said = pdf_text(tmp_path / "รายงาน 4.pdf")
    place = 0
    for line in BLOCK_LINES:  # every line, in the form's order
        place = said.index(line, place)
    before = commands.json("reports", "--year", "2563")
    files = stored_files(commands.folder)

    changed = write(tmp_path / "แก้.csv", "3-160,2/1/2563,25/1/2563", heading=f"{HEAD},วันที่แล้วเสร็จ")
    assert commands.json("import", changed)["files"][0]["changed"] == 1
    commands.json("holidays", "add", "3/1/2563", "--why", "มติคณะรัฐมนตรี")
    assert commands.json("reports", "--year", "2563") == before
    assert stored_files(commands.folder) == files

    assert commands.plain("issue", "1/2563", "--pdf", tmp_path / "อีก.pdf").state == 1
    assert not (tmp_path / "อีก.pdf").exists()
    again = commands.json(
        "issue", "1/2563", "--on", "28/1/2563", "--pdf", tmp_path / "แก้.pdf", "--revise", "--why", "เติมวันแล้วเสร็จ"
    )
    assert (again["revision"], again["completed"], again["report_number"]) == (2, 125, 4)
    assert files.items() <= stored_files(commands.folder).items()
    newest = commands.json("reports", "--year", "2563")["reports"]
    assert [report["revision"] for report in newest] == [1, 1, 1, 2]


# Typed from the official form: the four blocks, oldest first, blanks and line ends taken out.
BLOCK_LINES = [
    "".join(line.split())
    for line in """
รายงานครั้งที่ 1 :: 28/10/2562 : อยู่ระหว่างขั้นตอน...เรื่องร้องทุกข์ตั้งแต่วันที่ 1 ต.ค. 2562 ถึง 31 ต.ค. 2562 จำนวน 217 เรื่อง
ดำเนินการเสร็จสิ้น 131 เรื่อง คิดเป็นร้อยละ 60.37
อยู่ระหว่างดำเนินการ 86 เรื่อง คิดเป็นร้อยละ 39.63
:: ความก้าวหน้าของงานฯ = 60.37 %
: งบประมาณที่เบิกใช้ (ครั้งที่ 1) = 0 บาท
รายงานครั้งที่ 2 :: 27/11/2562 : อยู่ระหว่างขั้นตอน...เรื่องร้องทุกข์ตั้งแต่วันที่ 1 พ.ย. 2562 ถึง 30 พ.ย. 2562 จำนวน 225 เรื่อง
ดำเนินการเสร็จสิ้น 176 เรื่อง คิดเป็นร้อยละ 78.22
อยู่ระหว่างดำเนินการ 49 เรื่อง คิดเป็นร้อยละ 21.78
รายงานครั้งที่ 3 :: 24/12/2562 : อยู่ระหว่างขั้นตอน...เรื่องร้องทุกข์ตั้งแต่วันที่ 1 ธ.ค. 2562 ถึง 24 ธ.ค. 2562 จำนวน 146 เรื่อง
ดำเนินการเสร็จสิ้น 97 เรื่อง คิดเป็นร้อยละ 66.44
อยู่ระหว่างดำเนินการ 49 เรื่อง คิดเป็นร้อยละ 33.56
รายงานครั้งที่ 4 :: 28/1/2563 : อยู่ระหว่างขั้นตอน...เรื่องร้องทุกข์ตั้งแต่วันที่ 1 ม.ค. 2563 ถึง 28 ม.ค. 2563 จำนวน 164 เรื่อง
ดำเนินการเสร็จสิ้น 124 เรื่อง คิดเป็นร้อยละ 75.61
อยู่ระหว่างดำเนินการ 40 เรื่อง คิดเป็นร้อยละ 24.39
:: ความก้าวหน้าของงานฯ = 75.61 %
: งบประมาณที่เบิกใช้ (ครั้งที่ 4) = 0 บาท
: เป็นไปตามแผน
: เป็นไปตามเป้าหมาย
ขอรับรองว่า ข้อความที่ปรากฏในเอกสารฉบับนี้ หน่วยงานได้จัดพิมพ์จากระบบงานจริง เพื่อเป็นหลักฐานไว้ตรวจสอบ
""".strip().splitlines()
]


def pdf_text(path: Path) -> str:
    """What poppler reads out of a PDF, without blanks and line ends."""
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    return "".join(done.stdout.decode("utf-8").split())


def test_a_draft_pdf_has_the_same_bytes_whatever_the_hash_seed_the_zone_and_the_day(tmp_path: Path) -> None:
    folder = tmp_path / "ข้อมูล"
    assert program("--data", folder, "demo").state == 0
    made = []
    for seed, zone, today in (
        ("0", "UTC", "2563-02-01"),
        ("1", "Asia/Bangkok", "2563-02-02"),
        ("4242", "UTC", "2564-01-01"),
    ):
        path = tmp_path / f"{seed}.pdf"
        words = ("--data", folder, "--today", today, "report", "1/2563", "--on", "28/1/2563", "--pdf", path)
        assert program(*words, PYTHONHASHSEED=seed, TZ=zone).state == 0
        made.append(path.read_bytes())
    assert made[0] == made[1] == made[2]


def stored_files(folder: Path) -> dict[tuple[str, int], tuple[bytes, str, str]]:
    with sqlite3.connect(folder / "register.sqlite") as connection:
        rows = connection.execute("SELECT month, revision, pdf, figures, numbers FROM issued_report").fetchall()
    connection.close()
    return {(month, revision): (pdf, figures, numbers) for month, revision, pdf, figures, numbers in rows}


S_KEYS = {
    "number", "types", "status", "notified", "accept", "first_report", "follow_ups", "completed", "reopened",
    "transferred", "correct", "next",
}  # fmt: skip
R_KEYS = {
    "month", "period", "on", "received", "completed", "in_progress", "completed_percent", "in_progress_percent",
    "process", "quality", "year_to_date", "notified_later", "send_by",
}  # fmt: skip


def test_status_show_and_due_have_the_shapes_others_rely_on(commands: Commands, tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        "ก-1,28/1/2563,29/1/2563,3/2/2563,14/2/2563;28/2/2563,ถนน;ทางเท้า",
        "ก-2,3/7/2562,,,,",
        heading=f"{HEAD},วันที่ตอบรับ,วันที่รายงานครั้งที่ 1,การติดตามผล,ประเภทเรื่อง",
    )
    commands.json("import", path)
    found = commands.json("status", "--on", "15/3/2563")
    assert found["on"] == "2020-03-15"
    first, second = found["complaints"]
    assert set(first) == S_KEYS
    assert first == {
        "number": "ก-1",
        "types": ["ถนน", "ทางเท้า"],
        "status": "in_progress",
        "notified": "2020-01-28",
        "accept": {"due": "2020-01-29", "done": "2020-01-29", "state": "on_time", "inferred": False},
        "first_report": {"due": "2020-02-03", "done": "2020-02-03", "state": "on_time"},
        "follow_ups": [
            {"due": "2020-02-15", "done": "2020-02-14", "state": "met"},
            {"due": "2020-02-28", "done": "2020-02-28", "state": "met"},
            {"due": "2020-03-15", "done": None, "state": "due_today"},
        ],
        "completed": None,
        "reopened": None,
        "transferred": None,
        "correct": True,
        "next": {"what": "follow_up", "due": "2020-03-15", "act_by": "2020-03-13", "state": "today"},
    }
    assert second["next"] == {"what": "accept", "due": "2019-07-04", "act_by": "2019-07-04", "state": "overdue"}
    assert commands.json("status", "ก-2", "ก-1", "--on", "15/3/2563")["complaints"] == [first, second]
    shown = commands.json("show", "ก-1", "--on", "15/3/2563")
    assert set(shown) == {*S_KEYS, "why"} and {k: shown[k] for k in S_KEYS} == first
    assert any("ศ. 31 ม.ค." in sentence and "ส. 1 ก.พ. (วันเสาร์)" in sentence for sentence in shown["why"])
    due = commands.json("due", "--on", "13/3/2563")
    assert [each["number"] for each in due["complaints"]] == ["ก-2", "ก-1"]
    assert due["reports"][0] == {"month": "2019-07", "send_by": "2019-08-10", "state": "draft", "overdue": True}
    assert due["reports"][-1] == {"month": "2020-02", "send_by": "2020-03-10", "state": "draft", "overdue": True}
    assert [each["number"] for each in commands.json("due", "--on", "11/3/2563")["complaints"]] == ["ก-2"]
    within = commands.json("due", "--on", "11/3/2563", "--within", "2")
    assert [each["number"] for each in within["complaints"]] == ["ก-2", "ก-1"]
    assert commands.json("status", "--on", "27/1/2563")["complaints"][0]["number"] == "ก-2"
    assert commands.plain("show", "ก-1", "--on", "27/1/2563").state == 1


def test_report_issue_reports_and_sent_have_the_shapes_others_rely_on(commands: Commands, tmp_path: Path) -> None:
    commands.json("import", write(tmp_path / "a.csv", "1,2/1/2563", "2,30/1/2563"))
    draft = commands.json("report", "1/2563", "--on", "28/1/2563")
    assert set(draft) >= R_KEYS
    assert draft["period"] == ["2020-01-01", "2020-01-31"] and draft["send_by"] == "2020-02-10"
    assert (draft["received"], draft["notified_later"], draft["completed_percent"]) == (1, 1, "0.00")
    assert draft["process"] == {"correct": 0, "percent": "0.00", "points": "0.00"}
    assert draft["quality"] == {"fulfilled": 0, "applicable": 0, "percent": None, "points": None}
    assert set(draft["year_to_date"]) == {"received", "completed", "process", "quality"}
    empty = commands.json("report", "1/2563", "--on", "28/12/2562")
    assert (empty["received"], empty["completed_percent"], empty["process"]["percent"]) == (0, None, None)
    pdf = tmp_path / "1.pdf"
    options = ("--plan", "behind", "--target", "below", "--spent", "1500.50", "--note", "น้ำท่วม")
    issued = commands.json("issue", "1/2563", "--on", "28/1/2563", "--pdf", pdf, *options)
    assert set(issued) == {*R_KEYS, "report_number", "revision", "sha256"}
    assert commands.plain("sent", "1/2563", "27/1/2563").state == 1
    assert commands.json("sent", "1/2563", "10/2/2563") == {
        "month": "2020-01",
        "sent_on": "2020-02-10",
        "on_time": True,
    }
    assert commands.json("sent", "1/2563", "11/2/2563")["on_time"] is False
    (report,) = commands.json("reports", "--year", "2563")["reports"]
    assert report == {**issued, "sent_on": "2020-02-11"}
    assert commands.json("sent", "1/2563", "11/2/2563", "--letter", "กท 6603/45")["letter"] == "กท 6603/45"
    assert "นำส่ง 11 ก.พ. 2563 ตามหนังสือที่ กท 6603/45" in commands.plain("reports", "--year", "2563").out
    waiting = [each["month"] for each in commands.json("due")["reports"]]
    assert "2020-01" not in waiting and "2020-02" in waiting
    commands.json("issue", "1/2563", "--on", "28/1/2563", "--pdf", pdf, "--revise", "--why", "แก้")
    assert commands.json("reports", "--year", "2563")["reports"][0]["sent_on"] is None
    assert commands.json("due")["reports"][0] == {
        "month": "2020-01", "send_by": "2020-02-10", "state": "issued", "overdue": True,
    }  # fmt: skip
    assert commands.plain("sent", "3/2563", "1/4/2563").state == 1
    assert commands.plain("issue", "3/2563", "--pdf", pdf, "--revise", "--why", "แก้").state == 1


def test_the_file_of_an_issued_report_is_written_again_byte_for_byte(commands: Commands, tmp_path: Path) -> None:
    commands.json(
        "import", write(tmp_path / "a.csv", "1,20/1/2563,ถนน,20/1/2563", heading=f"{HEAD},ประเภทเรื่อง,วันที่แล้วเสร็จ")
    )
    first, second = tmp_path / "แรก.pdf", tmp_path / "สอง.pdf"
    told = commands.json("issue", "1/2563", "--pdf", first)
    commands.json("issue", "1/2563", "--pdf", second, "--revise", "--why", "พิมพ์ซ้ำ")
    again = tmp_path / "อีกครั้ง.pdf"
    assert commands.json("issued", "1/2563", "--revision", "1", "--pdf", again) == told
    assert again.read_bytes() == first.read_bytes()
    newest = tmp_path / "ล่าสุด.pdf"
    assert commands.json("issued", "1/2563", "--pdf", newest)["revision"] == 2
    assert newest.read_bytes() == second.read_bytes() != first.read_bytes()
    for month, more in (("2/2563", ()), ("1/2563", ("--revision", "3"))):
        failed = commands.plain("issued", month, *more, "--pdf", tmp_path / "ไม่มี.pdf")
        assert failed.state == 1 and "ยังไม่ได้ออก" in failed.err and not (tmp_path / "ไม่มี.pdf").exists()


def test_holidays_come_from_a_file_in_one_operation(commands: Commands, tmp_path: Path) -> None:
    commands.json("import", write(tmp_path / "a.csv", "1,20/1/2563,ถนน,", heading=f"{HEAD},ประเภทเรื่อง,วันที่แล้วเสร็จ"))
    commands.json("holidays", "strike", "10/2/2563", "--why", "เปิดทำการ")
    path = tmp_path / "วันหยุด.csv"
    rows = ("21/1/2563,ปิดสำนักงาน", "2020-01-22,วันหยุดพิเศษ", "1/1/2563,วันขึ้นปีใหม่", "25/1/2563,วันเสาร์", "31/2/2563,ไม่มีวันนี้",
            "23/1/2563,", ",ไม่มีวัน", "10/2/2563,วันมาฆบูชา")  # fmt: skip
    write(path, *rows, heading="วันที่,ชื่อวันหยุด")
    kept = len(list((commands.folder / "backups").glob("*.rtbackup")))
    told = commands.json("holidays", "import", path)
    assert [row["row"] for row in told.pop("refused")] == [6, 7, 8, 9]
    assert told == {"file": str(path), "added": ["2020-01-21", "2020-01-22"], "unchanged": 2, "moved": 1}
    assert commands.json("status", "1")["complaints"][0]["accept"]["due"] == "2020-01-23"
    own = [
        each["name"] for each in commands.json("holidays", "--year", "2563")["holidays"] if each["source"] == "office"
    ]
    assert own == ["ปิดสำนักงาน", "วันหยุดพิเศษ"]
    assert len(list((commands.folder / "backups").glob("*.rtbackup"))) == kept + 1  # of what was there before
    again = commands.json("holidays", "import", path)
    assert (again["added"], again["unchanged"], again["moved"]) == ([], 4, 0)
    failed = commands.plain("holidays", "import", write(tmp_path / "b.csv", "1,2", heading="ก,ข"))
    assert failed.state == 1 and "ไม่พบคอลัมน์ วันที่" in failed.err


def test_holidays_types_quality_and_export_have_the_shapes_others_rely_on(commands: Commands, tmp_path: Path) -> None:
    rows = ("1,20/1/2563,ถนน,20/1/2563", "2,20/1/2563,แสงสว่าง,")
    heading = f"{HEAD},ประเภทเรื่อง,วันที่แล้วเสร็จ"
    commands.json("import", write(tmp_path / "a.csv", *rows, heading=heading))
    listed = commands.json("holidays", "--year", "2563")
    assert listed["year"] == 2563
    told = [
        "14/10",
        "23/10",
        "4/11",
        "5/11",
        "5/12",
        "10/12",
        "31/12",
        "1/1",
        "10/2",
        "6/4",
        "4/5",
        "6/5",
        "11/5",
        "3/6",
        "6/7",
        "7/7",
        "27/7",
        "28/7",
        "12/8",
        "4/9",
        "7/9",
    ]
    days = [f"{int(each['date'][8:])}/{int(each['date'][5:7])}" for each in listed["holidays"]]
    assert days == told
    assert [each["date"] for each in listed["holidays"] if each["source"] == "bangkok"] == ["2019-11-04", "2019-11-05"]
    assert commands.json("status", "2")["complaints"][0]["accept"]["due"] == "2020-01-21"
    assert commands.json("holidays", "add", "21/1/2563", "--why", "ปิดสำนักงาน") == {"date": "2020-01-21", "moved": 1}
    assert commands.json("status", "2")["complaints"][0]["accept"]["due"] == "2020-01-22"
    added = [each for each in commands.json("holidays", "--year", "2563")["holidays"] if each["source"] == "office"]
    assert added == [{"date": "2020-01-21", "name": "ปิดสำนักงาน", "source": "office"}]
    assert commands.plain("holidays", "add", "21/1/2563", "--why", "ซ้ำ").state == 1
    assert commands.json("holidays", "strike", "21/1/2563", "--why", "เปิดตามปกติ")["moved"] == 1
    assert commands.json("holidays", "strike", "10/2/2563", "--why", "เปิดทำการ")["moved"] == 0
    assert "2020-02-10" not in [each["date"] for each in commands.json("holidays", "--year", "2563")["holidays"]]

    types = commands.json("types", "--year", "2563", "--core", "ถนน")
    assert types == {"year": 2563, "types": [{"name": "ถนน", "core": True}, {"name": "แสงสว่าง", "core": False}]}
    assert commands.plain("types", "--core", "ไม่มีประเภทนี้").state == 1
    asked = ("quality", "1", "--fits", "yes", "--true", "no", "--not-applicable", "order", "--why", "ไม่มีคำสั่ง")
    expected = {
        "fits": "fulfilled", "letter": "missing", "order": "not_applicable", "action": "missing",
        "coordination": "missing", "true": "missing",
    }  # fmt: skip
    assert commands.json(*asked) == {"number": "1", "items": expected}
    assert commands.json("quality", "1") == {"number": "1", "items": expected}
    report = commands.json("report", "1/2563")
    assert report["quality"] == {"fulfilled": 1, "applicable": 5, "percent": "20.00", "points": "16.00"}
    assert commands.json("quality", "1", "--applicable", "order")["items"]["order"] == "missing"
    path = tmp_path / "ออก.csv"
    assert commands.json("export", path) == {"file": str(path), "rows": 2}
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") and "ผู้ร้อง" not in path.read_text("utf-8-sig")
    assert commands.json("export", tmp_path / "ค้น.xlsx", "--search", "แสง")["rows"] == 0


def test_core_types_of_no_name_are_none_again(commands: Commands, tmp_path: Path) -> None:
    heading = f"{HEAD},ประเภทเรื่อง"
    commands.json("import", write(tmp_path / "a.csv", "1,20/1/2563,ถนน", heading=heading))
    assert commands.json("types", "--year", "2563", "--core", "ถนน")["types"][0]["core"] is True
    assert commands.json("types", "--year", "2563", "--core")["types"][0]["core"] is False


WRONG = (
    ["ไม่มีคำสั่งนี้"], ["undo-import", "1"], ["backup"], ["restore"], ["sign", "x.pdf"], ["outage"], ["erase", "1"],
    ["outage", "add", "--from", "2563-01-02", "--to", "2563-01-02T10:00", "--what", "x"], ["status", "--on", "63"],
    ["status", "--on", "31/2/2563"],
    ["status", "--on", "1/1/2200"], ["status", "--on", "2/6/2563"], ["due", "--within", "-1"], ["due", "--within", "x"],
    ["show"], ["report"], ["report", "13/2563"], ["report", "1/63"], ["report", "1/2563", "--until", "1/2/2563"],
    ["report", "1/2563", "--on", "2/6/2563"], ["issue", "1/2563"], ["issue", "1/2563", "--pdf"],
    ["issue", "1/2563", "--pdf", "x.pdf", "--plan", "late"], ["issue", "1/2563", "--pdf", "x.pdf", "--spent", "-1"],
    ["issue", "1/2563", "--pdf", "x.pdf", "--spent", "1.005"], ["issue", "1/2563", "--pdf", "x.pdf", "--revise"],
    ["issue", "1/2563", "--pdf", "x.pdf", "--why", "แก้"], ["issue", "1/2563", "--pdf", "x.txt"],
    ["report", "1/2563", "--pdf", "x"], ["issued", "1/2563", "--pdf", "x.csv"],
    ["sent", "1/2563"], ["sent", "1/2563", "2/6/2563"], ["holidays", "--year", "2020"], ["holidays", "add", "1/1/2563"],
    ["holidays", "import"], ["types", "--core", "1", "2", "3", "4", "5", "6"], ["quality"],
    ["quality", "1", "--fits", "maybe"], ["quality", "1", "--not-applicable", "order"], ["quality", "1", "--why", "x"],
    ["quality", "1", "--not-applicable", "colour", "--why", "x"], ["export", "x.pdf"], ["export"], ["import"],
    ["demo", "--rows", "0"], ["--today", "63", "status"], ["--nonsense"], ["status", "--onn", "1/1/2563"],
)  # fmt: skip


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_wrong_command_line_ends_with_2_and_one_thai_sentence(commands: Commands, words: list[str]) -> None:
    for ran in (commands.run(*words), commands.plain(*words)):
        assert ran.state == 2
        assert ran.out == ""
        assert "วิธีใช้" in ran.err and is_one_thai_sentence(ran.err.strip().splitlines()[-1])
        assert "Traceback" not in ran.err and "error" not in ran.err and "argument" not in ran.err
    assert not commands.folder.exists() or not digest_changed(commands)


def digest_changed(commands: Commands) -> bool:
    with sqlite3.connect(commands.folder / "register.sqlite") as connection:
        changed = connection.execute("SELECT count(*) FROM operation").fetchone()[0]
    connection.close()
    return bool(changed)


def refused(ran: Ran) -> None:
    assert ran.state == 1
    assert ran.out == ""
    assert "ความผิดพลาดภายใน" not in ran.err, ran.err
    assert is_one_thai_sentence(ran.err), ran.err


def test_what_cannot_be_done_ends_with_1_and_changes_nothing(commands: Commands, tmp_path: Path) -> None:
    commands.json("import", write(tmp_path / "a.csv", "1,2/1/2563"))
    before = digest(commands.folder)
    picture = tmp_path / "รูป.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    foreign = write(tmp_path / "อื่น.csv", "1,2", heading="a,b")
    good = write(tmp_path / "ดี.csv", "2,2/1/2563")
    refused(commands.run("import", tmp_path / "ไม่มี.csv"))
    refused(commands.run("import", picture))
    refused(commands.run("import", good, foreign))  # one unreadable file leaves the whole batch out
    refused(commands.run("import", good, "--layout", "ไม่มี"))
    refused(commands.run("import", tmp_path))
    refused(commands.run("status", "ไม่มีเลขนี้"))
    refused(commands.run("show", "ไม่มีเลขนี้"))
    refused(commands.run("quality", "ไม่มีเลขนี้", "--fits", "yes"))
    refused(commands.run("issue", "1/2563", "--pdf", tmp_path / "ไม่มีโฟลเดอร์" / "x.pdf"))
    refused(commands.run("issue", "1/2563", "--pdf", tmp_path))
    refused(commands.run("report", "1/2563", "--pdf", tmp_path))
    refused(commands.run("export", tmp_path / "ไม่มีโฟลเดอร์" / "x.csv"))
    refused(commands.run("holidays", "add", "25/1/2563", "--why", "เสาร์"))
    refused(commands.run("holidays", "strike", "24/1/2563", "--why", "ทำการอยู่แล้ว"))
    refused(commands.run("demo"))
    assert commands.json("reports", "--year", "2563")["reports"] == []
    assert digest(commands.folder) == before
    assert sorted(path.name for path in tmp_path.iterdir() if "making" in path.name) == []


def test_nothing_is_ever_written_over_the_register_or_a_file_of_another_kind(
    commands: Commands, tmp_path: Path
) -> None:
    commands.json("import", write(tmp_path / "a.csv", "1,2/1/2563"))
    before = digest(commands.folder)
    own = [path for path in commands.folder.iterdir() if path.is_file()]
    contents = {path: path.read_bytes() for path in own}
    assert {path.name for path in own} >= {"register.sqlite", "register.lock", "register.known"}
    sheet = write(tmp_path / "ของเธอ.csv", "9,2/1/2563")
    kept = sheet.read_bytes()
    for target in [*own, commands.folder / "Register.SQLITE-wal", sheet]:
        for command in ("report", "issue", "issued"):
            ran = commands.run(command, "1/2563", "--pdf", target)
            assert (ran.state, ran.out) == (2, "") and "ต้องลงท้ายด้วย .pdf" in ran.err
    for target in (tmp_path, commands.folder / "register.pdf"):
        refused(commands.run("report", "1/2563", "--pdf", target))
        refused(commands.run("issue", "1/2563", "--pdf", target))
    for target in (commands.folder / "register.csv", commands.folder / "register.known.xlsx"):
        refused(commands.run("export", target))
    assert {path: path.read_bytes() for path in own} == contents and sheet.read_bytes() == kept
    assert digest(commands.folder) == before
    older = tmp_path / "ก่อน.pdf"
    older.write_bytes(b"%PDF-1.4 an older one")
    assert commands.run("report", "1/2563", "--pdf", older).state == 0  # the control: an older PDF is written over


def test_the_demonstration_fills_only_an_empty_folder(commands: Commands) -> None:
    commands.folder.mkdir()
    (commands.folder / "บันทึก.txt").write_text("ของคนอื่น", encoding="utf-8")
    refused(commands.run("demo"))
    assert commands.json("status")["complaints"] == []
    (commands.folder / "บันทึก.txt").unlink()
    assert commands.json("demo", "--rows", "3") == {"complaints": 3}


def test_an_answer_that_cannot_be_written_is_said_without_a_traceback(commands: Commands) -> None:
    commands.json("demo", "--rows", "3")
    words = ["--data", str(commands.folder), "--json", "status"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "desktop", *words], stdout=full, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
    assert done.returncode == 1 and is_one_thai_sentence(done.stderr)


def test_without_a_screen_the_window_says_so_in_one_sentence(commands: Commands) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in SCREENS}
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--data", str(commands.folder)],
        capture_output=True, text=True, encoding="utf-8", env=environment,
    )  # fmt: skip
    assert done.returncode == 1 and done.stdout == "" and is_one_thai_sentence(done.stderr)


def test_a_dry_run_tells_everything_and_changes_nothing(commands: Commands, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "1,2/1/2563", "2,2/1/63", "3,2/1/2563", "3,3/1/2563")
    tried = commands.json("import", path, "--dry-run")
    assert tried["batch"] is None and tried["files"][0]["new"] == 1
    assert commands.json("status")["complaints"] == []
    done = commands.json("import", path)
    assert done["files"] == tried["files"] and isinstance(done["batch"], int)
    assert [(each["row"], each["number"]) for each in done["files"][0]["refused"]] == [(3, "2"), (4, "3"), (5, "3")]


def test_the_last_import_is_taken_back(commands: Commands, tmp_path: Path) -> None:
    refused(commands.run("undo-import"))
    first = commands.json("import", write(tmp_path / "a.csv", "1,2/1/2563", "2,2/1/2563"))["batch"]
    before = digest(commands.folder)
    second = commands.json("import", write(tmp_path / "b.csv", "2,3/1/2563", "3,3/1/2563"))["batch"]
    assert commands.json("undo-import") == {"batch": second, "removed": 1, "restored": 1}
    assert digest(commands.folder) == before
    assert commands.json("undo-import") == {"batch": first, "removed": 2, "restored": 0}
    refused(commands.run("undo-import"))


def test_what_was_changed_since_the_import_stays_and_is_named(commands: Commands, tmp_path: Path) -> None:
    batch = commands.json("import", write(tmp_path / "a.csv", "1,2/1/2563", "2,2/1/2563", "3,2/1/2563"))["batch"]
    commands.json("quality", "2", "--fits", "yes")
    told = commands.json("undo-import")
    (kept,) = told.pop("kept")
    assert told == {"batch": batch, "removed": 2, "restored": 0}
    assert kept["number"] == "2" and "แก้ไขอีก" in kept["reason"]
    assert [each["number"] for each in commands.json("status")["complaints"]] == ["2"]
    second = commands.json("import", write(tmp_path / "b.csv", "2,3/1/2563", "4,3/1/2563"))["batch"]
    commands.json("quality", "4", "--fits", "yes")
    words = commands.plain("undo-import").out
    assert f"ชุดที่ {second}" in words and "คงไว้ 1 เรื่อง" in words and "\n4: ถูกแก้ไขอีก" in words


def test_importing_a_file_twice_changes_nothing(commands: Commands, tmp_path: Path) -> None:
    """I17: new, changed and the same are told apart; the same file again leaves the digest equal."""
    commands.json("demo")
    path = tmp_path / "ทั้งหมด.xlsx"
    commands.json("export", path, "--private")
    before = digest(commands.folder)
    again = commands.json("import", path)["files"][0]
    assert (again["new"], again["changed"], again["unchanged"], again["refused"]) == (0, 0, 752, [])
    assert digest(commands.folder) == before


def test_what_export_private_writes_import_reads_back_equal(
    commands: Commands, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.json("demo")
    for name in ("ก.csv", "ก.xlsx"):
        path = tmp_path / name
        commands.json("export", path, "--private")
        other = Commands(tmp_path / f"อีกทะเบียน {name}", capsys)
        assert other.json("import", path)["files"][0]["new"] == 752
        assert digest(other.folder) == digest(commands.folder)


def test_without_json_the_answers_are_thai_words(commands: Commands) -> None:
    commands.json("demo")
    for words in (["due"], ["reports"], ["holidays"], ["types"], ["report", "1/2563"], ["show", "2562-00001"]):
        ran = commands.plain(*words)
        assert ran.state == 0 and ran.err == "" and any("ก" <= letter <= "๙" for letter in ran.out)


def test_version_and_help_are_answered_in_a_process_of_its_own() -> None:
    ran = program("--version")
    assert ran.state == 0 and ran.out.startswith("rongthuk ")
    ran = program("--help")
    assert ran.state == 0 and "วิธีใช้" in ran.out and "usage" not in ran.out and "show this" not in ran.out


# --- the register file itself


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n" + bytes(500), b"PK\x03\x04" + bytes(500), b"not a register at all" * 40]
)
def test_k14_a_file_that_is_no_register_is_refused_and_untouched(commands: Commands, content: bytes) -> None:
    commands.folder.mkdir()
    path = commands.folder / "register.sqlite"
    path.write_bytes(content)
    for words in (["status"], ["demo"]):
        refused(commands.run(*words))
        assert path.read_bytes() == content


def test_k14_another_programs_sqlite_file_is_refused_and_untouched(commands: Commands) -> None:
    commands.folder.mkdir()
    path = commands.folder / "register.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE somebody_elses (id INTEGER)")
    connection.close()
    before = path.read_bytes()
    refused(commands.run("status"))
    refused(commands.run("demo"))
    assert path.read_bytes() == before


def test_k13_an_empty_file_is_no_empty_register(commands: Commands) -> None:
    commands.folder.mkdir()
    path = commands.folder / "register.sqlite"
    path.touch()
    refused(commands.run("status"))
    refused(commands.run("demo"))
    assert path.read_bytes() == b""


def test_k12_a_lost_register_is_never_made_new(commands: Commands) -> None:
    commands.json("demo")
    (commands.folder / "register.sqlite").unlink()
    refused(commands.run("status"))
    refused(commands.run("demo"))
    assert not (commands.folder / "register.sqlite").exists()
    (commands.folder / "register.known").unlink()  # this PC remembers it still
    refused(commands.run("status"))
    (paths.anchors_folder() / outside_name(commands.folder, "")).unlink()
    # The control: without mark and memory it is a new folder.
    assert commands.run("status").state == 0


def test_k15_a_newer_register_is_refused_and_untouched(commands: Commands) -> None:
    commands.json("demo")
    path = commands.folder / "register.sqlite"
    with sqlite3.connect(path) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version = {version + 1}")
    connection.close()
    before = path.read_bytes()
    for words in (["status"], ["holidays", "add", "3/1/2563", "--why", "ก"]):
        refused(commands.run(*words))
    assert path.read_bytes() == before


def test_k23_a_register_locked_by_another_program_is_waited_for_then_told(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands.json("demo")
    before = digest(commands.folder)
    monkeypatch.setattr("desktop.storage.register.BUSY_SECONDS", 0.3)
    holder = sqlite3.connect(commands.folder / "register.sqlite", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        for ran in (commands.run("status"), commands.run("holidays", "add", "3/1/2563", "--why", "ก")):
            refused(ran)
            assert "ถูกโปรแกรมอื่นใช้อยู่" in ran.err
    finally:
        holder.close()
    assert digest(commands.folder) == before
    assert commands.run("status").state == 0


def test_a_writing_command_beside_an_open_window_says_so_and_a_reading_one_works(commands: Commands) -> None:
    from desktop.storage.register import open_for_writing

    commands.json("demo")
    window = open_for_writing(commands.folder)
    try:
        assert len(commands.json("status")["complaints"]) == 752
        ran = commands.run("holidays", "add", "3/1/2563", "--why", "ก")
        refused(ran)
        assert "หน้าต่าง" in ran.err
    finally:
        window.close()
    assert commands.run("holidays", "add", "3/1/2563", "--why", "ก").state == 0


AS_NOBODY = textwrap.dedent("""
    import os, sys
    from pathlib import Path
    from desktop.command_line import main
    main(["--data", sys.argv[1], "--json", "demo", "--rows", "3"])  # everything imported before rights are dropped
    print("====", flush=True)
    if os.geteuid() == 0:
        os.setegid(65534); os.seteuid(65534)
    sys.exit(main(["--data", sys.argv[2], "--json", *sys.argv[3:]]))
""")


def as_nobody(scratch: Path, folder: Path, *words: str) -> Ran:
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(scratch), str(folder), *words],
        capture_output=True, text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout.partition("====\n")[2], done.stderr)


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder any user may walk into (pytest's own are for their owner alone)."""
    folder = Path(tempfile.mkdtemp(prefix="ทะเบียน"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("fault", "mode", "reads"), [("file", 0o444, True), ("folder", 0o555, True), ("file", 0, False)]
)
def test_k09_k10_k11_a_register_that_may_not_be_written_or_read(
    shared_folder: Path, tmp_path: Path, fault: str, mode: int, reads: bool
) -> None:
    folder = shared_folder / "ข้อมูล"
    assert program("--data", folder, "demo", "--rows", "5").state == 0
    path = folder / "register.sqlite"
    for each in folder.iterdir():
        each.chmod(0o666)
    folder.chmod(0o777)
    (folder / "register.sqlite-journal").unlink()  # an empty one left behind would let a save through, rightly
    (path if fault == "file" else folder).chmod(mode)
    before = path.read_bytes()
    ran = as_nobody(tmp_path / "1", folder, "status")
    if reads:
        assert len(json.loads(ran.out)["complaints"]) == 5
    else:
        refused(ran)
    refused(as_nobody(tmp_path / "2", folder, "holidays", "add", "3/1/2563", "--why", "ก"))
    assert path.read_bytes() == before
    folder.chmod(0o777)
    names = {"register.sqlite", "register.sqlite-journal", "register.lock", "register.known", "logs"}
    assert {each.name for each in folder.iterdir()} <= names


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "America/New_York", "LC_ALL": "C"},
        {"TZ": "Asia/Bangkok", "LC_ALL": "C.UTF-8"},
        {"TZ": "Pacific/Kiritimati"},
    ],
)
def test_t07_t09_the_pcs_zone_and_locale_change_no_answer(tmp_path: Path, environment: dict[str, str]) -> None:
    folder = tmp_path / "ข้อมูล"
    assert program("--data", folder, "demo", **environment).state == 0
    words = ("--data", folder, "--today", "2563-02-01", "--json", "report", "1/2563")
    elsewhere = program(*words, **environment)
    assert elsewhere.json == program(*words).json
    assert elsewhere.out == program(*words).out


def test_t07_today_is_bangkoks_whatever_the_pcs_zone() -> None:
    from datetime import UTC, datetime

    from desktop.domain.thai_dates import BANGKOK

    late = datetime(2020, 1, 28, 18, 30, tzinfo=UTC)  # half past one in the morning in Bangkok
    assert late.astimezone(BANGKOK).date().isoformat() == "2020-01-29"
