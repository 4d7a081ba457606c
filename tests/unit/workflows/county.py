"""Small township forms with names and codes, of one template, in which things may be left open or wrong on purpose."""

from __future__ import annotations

from app.domain.task import run_to_end
from app.files.study_file import open_study
from app.workflows.new_study import new_study
from app.workflows.perform import perform
from tests.unit.workflows.samples import context

HEADER = (
    "企业名称",
    "统一社会信用代码",
    "所在乡镇（街道）",
    "所属行业",
    "从业人员期末人数（人）",
    "营业收入（万元）",
    "文本分析",
    "语音识别",
    "经办意见",
)
DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [3**place % 31 for place in range(17)]


def credit_code(number):
    """A valid credit code of the province 99 that does not exist."""
    body = f"91990136{number:08d}"
    check = 11 - sum(int(digit) * weight for digit, weight in zip(body[8:16], (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    body += {10: "X", 11: "0"}.get(check, str(check))
    total = sum(DIGITS.index(character) * weight for character, weight in zip(body, WEIGHTS, strict=True))
    return body + DIGITS[(31 - total % 31) % 31]


def rows_of(start, n=12, township="东河镇", text="是", revenue=2000):
    """The firms `start` … of a township, each with the same answers."""
    return [
        [
            f"{township}第{number}机械有限公司",
            credit_code(number),
            township,
            "通用设备制造业",
            str(20 + number),
            str(revenue + number),
            text,
            "否",
            "同意",
        ]
        for number in range(start, start + n)
    ]


def write_form(path, rows):
    """Write a form as CSV."""
    lines = [",".join(row) for row in (HEADER, *rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


class Desk:
    """A study in a file, and the commands on it."""

    def __init__(self, folder, resources, name="东河县"):
        self.folder, self.context = folder, context(resources)
        self.path = folder / f"{name}.zhiheng"
        run_to_end(new_study(self.path, self.context))

    @property
    def study(self):
        return open_study(self.path)

    def run(self, command, **parameters):
        return run_to_end(perform(self.path, command, parameters, self.context))

    def collect(self, *paths, **parameters):
        return self.run("collect", paths=paths, **parameters)

    def answers(self, item):
        """The cleaned answers to an item, by firm name, of the responses that count."""
        table = self.study.responses
        counted = table.firms["counted"].to_numpy(dtype=bool)
        names = table.firms["name"][counted]
        values = table.values[item].astype(object)[counted]
        return {name: None if value != value else value for name, value in zip(names, values, strict=True)}
