"""The same cases give the same counts, whichever engine holds them."""

import os
import sys
from functools import partial

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from qadaya.counting.count import (
    CUBE_COLUMNS,
    count_cases,
    count_cells,
    count_large,
)
from small_register import cases


def with_polars(frame):
    return pytest.importorskip("polars").from_pandas(frame)


def with_lazy_polars(frame):
    return with_polars(frame).lazy()


def with_spark(frame):
    return spark().createDataFrame(frame)


def spark():
    sql = pytest.importorskip("pyspark.sql")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # One machine, no address but its own, and few partitions for few rows.
    settings = {
        "spark.master": "local[2]",
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
    }
    return sql.SparkSession.builder.config(map=settings).getOrCreate()


@pytest.fixture(scope="module", autouse=True)
def _no_session_stays():
    yield
    if "pyspark.sql" in sys.modules:
        session = sys.modules["pyspark.sql"].SparkSession.getActiveSession()
        if session is not None:
            session.stop()


ENGINES = {
    "pyarrow": pa.Table.from_pandas,
    "duckdb": duckdb.from_df,
    "polars": with_polars,
    "lazy polars": with_lazy_polars,
    "spark": with_spark,
}
READERS = {
    "duckdb": lambda files: duckdb.read_parquet(files),
    "lazy polars": lambda files: pytest.importorskip("polars").scan_parquet(files),
    "spark": lambda files: spark().read.parquet(files),
}
COUNTING = {"cube": partial(count_cases, by=CUBE_COLUMNS), "cells": count_cells}


def a_hundred():
    """So many that a condition an engine ignores cannot pass by luck."""
    frame = pd.concat([cases()] * 20, ignore_index=True)
    frame["imprisonment_months"] = [None, 3.0, 12.0, 30.0, 90.0] * 20
    frame.loc[::7, "fine_mad"] = 20_000.0
    return frame


@pytest.fixture
def files(tmp_path):
    """Two files, so that an engine must bring the counts of both together."""
    for part in range(2):
        frame = a_hundred()
        frame.loc[part::7, "fine_mad"] = 60_000.0
        frame.to_parquet(tmp_path / f"{part}.parquet")
    return f"{tmp_path}/*.parquet"


@pytest.mark.parametrize("counting", COUNTING)
@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_counts_the_same_values_and_types_as_pandas(engine, counting):
    count = COUNTING[counting]
    counted = count(ENGINES[engine](a_hundred()))
    pd.testing.assert_frame_equal(counted, count(a_hundred()), check_exact=True)
    assert counted["n"].sum() == 100


@pytest.mark.parametrize("counting", COUNTING)
@pytest.mark.parametrize("engine", READERS)
def test_every_engine_counts_files_as_pandas_counts_them(engine, counting, files):
    count = COUNTING[counting]
    counted = count(READERS[engine](files))
    known = count(pd.read_parquet(files.removesuffix("/*.parquet")))
    pd.testing.assert_frame_equal(counted, known, check_exact=True)
    assert counted["n"].sum() == 200


def test_files_larger_than_memory_give_the_same_cube(files):
    whole = pd.read_parquet(files.removesuffix("/*.parquet"))
    known = count_cases(whole, CUBE_COLUMNS)
    pd.testing.assert_frame_equal(count_large(files), known, check_exact=True)


def test_a_folder_for_each_year_gives_the_cube_of_one_file_and_can_be_added_up(
    tmp_path,
):
    frame = a_hundred()
    years = sorted(frame["year"].unique())
    assert len(years) > 1
    frame.to_parquet(tmp_path / "cases", partition_cols=["year"])
    known = count_cases(frame, CUBE_COLUMNS)
    whole = count_large(tmp_path / "cases" / "*" / "*.parquet")
    pd.testing.assert_frame_equal(whole, known, check_exact=True)
    parts = [
        count_large(tmp_path / "cases" / f"year={year}" / "*.parquet") for year in years
    ]
    added = pd.concat(parts).sort_values(list(CUBE_COLUMNS), ignore_index=True)
    pd.testing.assert_frame_equal(added, known, check_exact=True)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_counts_cases_that_lack_a_code_as_unknown(engine):
    frame = cases().assign(body=[None, "gr", None, "gr", "bnpj"]).convert_dtypes()
    cells = count_cells(ENGINES[engine](frame))
    counted = cells.groupby("body")["n"].sum().to_dict()
    assert counted == {"bnpj": 1, "gr": 2, "unknown": 2}


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_puts_a_sentence_at_a_limit_into_the_band_above(engine):
    months = [None, 0, 11, 12, 23.5, 24, 59, 60, 400]
    frame = pd.concat([cases().iloc[[0]]] * len(months)).assign(
        imprisonment_months=months
    )
    cells = count_cells(ENGINES[engine](frame))
    assert cells.groupby("imprisonment_band")["n"].sum().to_dict() == {
        "not_stated": 1,
        "under_12": 2,
        "12_to_23": 2,
        "24_to_59": 2,
        "60_and_more": 2,
    }
