"""Recordings to test on, and the commands under test. FALTER names the falter command."""

import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
SPARK = ROOT / "models" / "training" / "spark"
sys.path.insert(0, str(SPARK))

from storage import COMPRESSIONS, Storage, pack  # noqa: E402

FALTER = os.path.abspath(os.environ["FALTER"])


def falter(*words):
    return subprocess.run([FALTER, *map(str, words)], check=True, capture_output=True).stdout


def simulate(sessions, seed):
    """A recording's bytes."""
    return falter("simulate", "--sessions", sessions, "--seed", seed)


def write(path, data):
    """A file, packed as its name says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with pack(path) if path.suffix in COMPRESSIONS else path.open("wb") as file:
        file.write(data)
    return path


def start_job(source, out, *words, falter=FALTER):
    """The job as a shop runs it, in a process group of its own."""
    command = map(str, [sys.executable, SPARK / "job.py", source, out, "--falter", falter, *words])
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)


def files(folder):
    """What is in a folder, by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def temporary():
    return tempfile.TemporaryDirectory(prefix="falter-spark-")
