"""Where a brief stands, in words."""

from __future__ import annotations

from app.domain.signing import Signature, Stage, Standing
from app.present.signed import MOST, lines_of, stands, words_of
from tests.study_samples import full_study


def signature(stage, who="张三"):
    return Signature(stage, who, "2026-07-02", "", "")


def test_that_what_nobody_checked_is_a_draft(zh, en):
    held = stands(full_study())
    assert words_of(zh, held) == words_of(zh, Standing((signature(Stage.DRAFTED),))) == "草稿，未经核稿"
    assert words_of(en, Standing()) == "Draft, not checked"
    assert lines_of(zh, held) == ()


def test_that_each_stage_names_who_and_when(zh, en):
    held = Standing((signature(Stage.DRAFTED), signature(Stage.CHECKED, "李四"), signature(Stage.APPROVED, "王五")))
    assert words_of(zh, Standing(held.signatures[:2])) == "已由李四于2026年7月2日核稿，尚未签发"
    assert words_of(zh, held) == "已由王五于2026年7月2日签发"
    assert "王五" in words_of(en, held)
    assert lines_of(zh, held) == ("拟稿：张三（2026年7月2日）", "核稿：李四（2026年7月2日）", "签发：王五（2026年7月2日）")


def test_that_a_change_after_approval_names_the_steps(zh, en):
    held = Standing((signature(Stage.APPROVED),), True, ((7, "correct"), (8, "no_such")))
    assert words_of(zh, held) == "签发后数据有变动：第7步（更正答案）、第8步（no_such）"
    many = Standing((signature(Stage.APPROVED),), True, tuple((n, "assess") for n in range(MOST + 3)))
    assert words_of(zh, many).endswith("等，另有3步")
    assert "step 7" in words_of(en, held)
    assert "操作记录中没有" in words_of(zh, Standing((signature(Stage.APPROVED),), True))
