import os
import sys

import pandas as pd
import pytest

from qadaya.counting.count import count_cells, count_cube, count_large
from small_register import cases

# Without it the reader is told so at the end of every test run.
sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")


@pytest.fixture(scope="module")
def spark():
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture
def files(tmp_path):
    # Two parts, so that Spark must bring the counts of both together.
    for part in range(2):
        frame = pd.concat([cases()] * 20, ignore_index=True)
        frame["imprisonment_months"] = [None, 3.0, 12.0, 30.0, 90.0] * 20
        frame.loc[part::7, "fine_mad"] = 20_000.0
        frame.to_parquet(tmp_path / f"{part}.parquet")
    return tmp_path


def test_spark_counts_the_same_cube_as_pandas_and_duckdb(spark, files):
    cube = count_cube(spark.read.parquet(str(files)))
    pd.testing.assert_frame_equal(cube, count_cube(pd.read_parquet(files)))
    pd.testing.assert_frame_equal(cube, count_large(files / "*.parquet"))
    assert cube["n"].sum() == 200


def test_spark_counts_the_same_inner_cells_as_pandas(spark, files):
    cells = count_cells(spark.read.parquet(str(files)))
    pd.testing.assert_frame_equal(cells, count_cells(pd.read_parquet(files)))
    assert cells["n"].sum() == 200


def test_spark_counts_cases_that_lack_a_code_as_unknown(spark):
    frame = cases().assign(body=[None, "gr", None, "gr", "bnpj"])
    cells = count_cells(spark.createDataFrame(frame.convert_dtypes()))
    counted = cells.groupby("body")["n"].sum().to_dict()
    assert counted == {"bnpj": 1, "gr": 2, "unknown": 2}
