"""Frames to bytes and back, exactly, and nothing else."""

from __future__ import annotations

import contextlib
import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from app.files.frames import MAGIC, decode_frame, encode_frame

texts = st.lists(st.one_of(st.none(), st.text(max_size=8)), min_size=4, max_size=4)
numbers = st.lists(st.floats(width=64), min_size=4, max_size=4)


@settings(max_examples=60, deadline=None)
@given(texts, texts, numbers, st.lists(st.booleans(), min_size=4, max_size=4))
def test_that_a_frame_comes_back_exactly(words, options, values, flags):
    frame = pd.DataFrame(
        {
            "name": pd.array(words, dtype="str"),
            "答案": pd.Categorical(options),
            "value": np.array(values),
            "flag": np.array(flags),
            "row": np.arange(4, dtype=np.int32),
        }
    )
    assert_frame_equal(decode_frame(encode_frame(frame)), frame, check_exact=True)


def test_that_an_empty_frame_and_an_ordered_category_keep_their_types():
    ladder = pd.Series([], dtype=pd.CategoricalDtype(["L0", "L1"], ordered=True))
    frame = pd.DataFrame({"level": ladder, "text": pd.Series([], dtype="str"), "x": pd.Series([], dtype="float64")})
    assert_frame_equal(decode_frame(encode_frame(frame)), frame)
    assert decode_frame(encode_frame(pd.DataFrame(index=pd.RangeIndex(3)))).shape == (3, 0)


def test_that_the_same_frame_gives_the_same_bytes():
    frame = pd.DataFrame({"a": pd.Categorical(["是\udc80", "否", None]), "b": [1.0, np.nan, 3.0]})
    assert encode_frame(frame) == encode_frame(frame.copy())


@pytest.mark.parametrize("frame", [pd.DataFrame({"a": [object()]}), pd.DataFrame({"a": [1]}, index=[5])])
def test_that_a_frame_that_could_not_come_back_is_refused(frame):
    with pytest.raises(TypeError):
        encode_frame(frame)


def test_that_bytes_that_are_no_frame_are_refused_and_a_pickle_is_never_run():
    good = encode_frame(pd.DataFrame({"a": [1.0, 2.0]}))
    for bad in (b"", pickle.dumps(print), MAGIC, good[:-3], MAGIC + b"x" * 40):
        with pytest.raises(ValueError):
            decode_frame(bad)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_that_a_flipped_byte_is_an_error_or_changes_nothing(data):
    frame = pd.DataFrame({"a": pd.Categorical(["是", "否", None] * 30), "b": np.arange(90.0)})
    good = bytearray(encode_frame(frame))
    good[data.draw(st.integers(0, len(good) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with contextlib.suppress(ValueError):
        assert_frame_equal(decode_frame(bytes(good)), frame)
