"""What reading one file may cost: `params/reading.yml`, read strictly."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qadaya.errors import ParameterError
from qadaya.returns.read.bounds import Bounds
from qadaya.strict_yaml import read_yaml
from qadaya.workbench.settings import settings_file


class Limits(BaseModel):
    """Limits for one file, and how many files are read at a time.

    Units: seconds of the processor and of the clock; MB are 1,000,000 bytes. `holds`
    is how much a file may hold.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    cpu_seconds: int = Field(ge=1, le=600)
    clock_seconds: int = Field(ge=1, le=3600)
    memory_mb: int = Field(ge=100, le=16_000)
    file_mb: int = Field(ge=1, le=200)
    answer_mb: int = Field(ge=1, le=500)
    readers: int = Field(ge=1, le=64)
    holds: Bounds = Bounds()


def read_limits() -> Limits:
    """The limits of this workbench, or those that come with Qadaya where it has none.

    Raises: ParameterError for a file that is not as expected.
    """
    path = settings_file("reading.yml")
    entries = read_yaml(path, expected="the limits for reading one file")
    try:
        return Limits.model_validate(entries)
    except ValidationError as fault:
        raise ParameterError(f"{path}: {_first(fault, path)}") from None


def _first(fault: ValidationError, path: Path) -> str:
    error = fault.errors()[0]
    name = ".".join(map(str, error["loc"])) or path.stem
    ours = [limit for limit in Limits.model_fields if limit != "holds"]
    allowed = ", ".join([*ours, *(f"holds.{bound}" for bound in Bounds.model_fields)])
    return f"{name}: {error['msg']}; expected whole numbers for {allowed}"
