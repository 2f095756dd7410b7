"""Builds both wheels, installs them away from here and runs the samples from there.

What a checkout has and a wheel lacks shows only where the checkout is out of sight: in
a fresh environment, in an empty folder. Builds from a copy of the files that git knows,
as wheels and as a source distribution with wheels made of that; both hold the same.
Run by `make wheel-check`; ends with the first thing that is wrong.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
SAMPLES = CHECKOUT / "tests" / "data" / "returns"
PACKAGES = {"sdctables": "lib/sdctables", "qadaya": "."}
# Of the environment that started this, nothing that would lead back to the checkout.
CLEAN = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("QADAYA_", "PYTHON", "VIRTUAL_ENV", "PIP_REQUIRE"))
}
PIP = ["-m", "pip", "--disable-pip-version-check", "--quiet"]


def main() -> None:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="qadaya-wheel-") as name:
        place = Path(name).resolve()
        source = copied(place / "source")
        wheels = built(source, place)
        python = installed(wheels, place / "venv")
        desk = place / "desk"
        desk.mkdir()
        command = python.with_name("qadaya")
        before_a_workbench(command, desk)
        say("laid out")
        ours(command, desk, "init")
        samples(command, python, desk)
        pages(command, desk)
    say(f"all is well ({time.monotonic() - begun:.0f} s)")


def copied(target: Path) -> Path:
    """The files of the checkout that git knows, and no output of an earlier build."""
    known = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = run(known, CHECKOUT).stdout.split("\0")
    for name in filter(None, names):
        path = CHECKOUT / name
        if os.path.lexists(path):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target / name, follow_symlinks=False)
    return target


def built(source: Path, place: Path) -> list[Path]:
    """The two wheels, which hold the same as those made of the source distributions."""
    say("both wheels, then both source distributions and the wheels made of those")
    python = sys.executable
    # Looked at first: a build leaves its own files there.
    shipped = {name: in_tree(source / "lib" / name, name) for name in PACKAGES}
    folders = [str(source / folder) for folder in PACKAGES.values()]
    build = [python, *PIP, "wheel", "--no-deps", "--wheel-dir"]
    run([*build, str(place / "wheels"), *folders], place)
    for folder in folders:
        run([python, "-m", "build", "--outdir", str(place / "dist"), folder], place)
    wheels = [one(place / "wheels", f"{name}-*.whl") for name in PACKAGES]
    for name, wheel in zip(PACKAGES, wheels, strict=True):
        direct, through = contents(wheel), contents(one(place / "dist", wheel.name))
        expect(
            direct == through,
            f"{wheel.name}: another one from its sdist",
            direct ^ through,
        )
        packed = {each for each in direct if each.startswith(f"{name}/")}
        expect(
            packed == shipped[name],
            f"{wheel.name}: not what lib/{name} holds",
            packed ^ shipped[name],
        )
    return wheels


def contents(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/RECORD")}


def in_tree(folder: Path, package: str) -> set[str]:
    """The files of a package, links followed, but for what builds and checks it."""
    about = {"pyproject.toml", "LICENSE", "README.md", "CHANGELOG.md"}
    return {
        f"{package}/{Path(place, name).relative_to(folder)}"
        for place, _, names in os.walk(folder, followlinks=True)
        for name in names
        if not (Path(place) == folder and name in about)
        and not name.endswith(".d.ts")
        and "tests" not in Path(place).relative_to(folder).parts
    }


def installed(wheels: list[Path], folder: Path) -> Path:
    """The Python of a fresh environment with both wheels and what those ask for."""
    say("a fresh environment")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    pins = ["--constraint", str(CHECKOUT / "requirements.txt")]
    run([str(python), *PIP, "install", *pins, *map(str, wheels)], folder)
    run([str(python), *PIP, "check"], folder)
    return python


def before_a_workbench(command: Path, desk: Path) -> None:
    say("in an empty folder")
    expect(ours(command, desk, "--version").startswith("qadaya "), "--version")
    ours(command, desk, "--help")
    ours(command, desk, "form", "--court", "tpi-sale", "--year", "2024", "-o", "f.xlsx")
    blank = ours(command, desk, "check", "f.xlsx", "--format", "json", code=1)
    rules = {each["rule"] for each in json.loads(blank)["returns"][0]["problems"]}
    expect(rules == {"empty_return"}, f"a blank form: {rules}")
    (desk / "f.xlsx").unlink()
    lost = run([str(command), "receive", str(SAMPLES)], desk, code=2)
    expect("no workbench here" in lost.stderr, lost.stderr)
    expect(not list(desk.iterdir()), "a command without a workbench wrote something")


def samples(command: Path, python: Path, desk: Path) -> None:
    """Check and file the samples as `expected.json` says, then count them."""
    say("the samples")
    expected = json.loads((SAMPLES / "expected.json").read_text("utf-8"))["files"]
    files = [shutil.copy(SAMPLES / each["file"], desk) for each in expected]
    for asked in ("check", "receive"):
        answer = ours(command, desk, asked, *files, "--format", "json", code=1)
        compare(json.loads(answer)["returns"], expected)
    for audience in ("internal", "shared"):
        folder = Path(ours(command, desk, "edition", "--audience", audience).strip())
        expect((folder / "manifest.json").is_file(), f"{folder}: no edition")
        expect(
            folder.is_relative_to(desk / "data" / "editions"), f"{folder}: elsewhere"
        )
    ours(command, desk, "audit", "latest")


def compare(answered: list[dict], expected: list[dict]) -> None:
    found = {each["file"]: each for each in answered}
    for one in expected:
        given = found[one["file"]]
        for key in ("court_id", "year", "state"):
            expect(
                given[key] == one[key],
                f"{one['file']}: {key} is {given[key]}",
                one[key],
            )
        expect(given["accepted"] == len(one["rows"]), f"{one['file']}: accepted", given)
        rules = sorted(each["rule"] for each in given["problems"])
        wanted = sorted(each["rule"] for each in one["problems"])
        expect(rules == wanted, f"{one['file']}: problems are {rules}", wanted)


def pages(command: Path, desk: Path) -> None:
    say("a page for each audience")
    year = ["params/2022.yml", "--notebook", "annual"]
    for audience, language in (("internal", "ar"), ("shared", "fr")):
        ours(
            command,
            desk,
            "report",
            *year,
            "--audience",
            audience,
            "--language",
            language,
        )
        page = desk / "reports" / audience / f"annual-2022.{language}.html"
        expect(page.is_file(), f"{page}: was not made")
        expect(
            str(CHECKOUT) not in page.read_text("utf-8"), f"{page}: names the checkout"
        )
    ours(command, desk, "leaks", str(page))


def ours(command: Path, desk: Path, *words: str, code: int = 0) -> str:
    """What a `qadaya` command prints, run in the empty folder."""
    return run([str(command), *words], desk, code=code).stdout


def run(
    words: list[str], folder: Path, code: int = 0
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        words, cwd=folder, env=CLEAN, capture_output=True, text=True, encoding="utf-8"
    )
    expect(
        done.returncode == code,
        f"`{' '.join(words)}` ended with {done.returncode}; expected {code}",
        f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}",
    )
    expect("Traceback" not in done.stderr, f"`{' '.join(words)}`", done.stderr[-3000:])
    return done


def expect(holds: bool, what: str, detail: object = "") -> None:
    if not holds:
        sys.exit(f"wheel check: {what}\n{detail}".rstrip())


def one(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    expect(len(found) == 1, f"{folder}: expected one {pattern}", found)
    return found[0]


def say(what: str) -> None:
    print(f"wheel check: {what}", flush=True)


if __name__ == "__main__":
    main()
