"""One recording through one `falter features` process: rows as Parquet, bad lines set aside, and a receipt. Runs on executors."""

import contextlib
import functools
import hashlib
import json
import subprocess
import tempfile

from storage import Storage

CHUNK = 1 << 20
# What falter says at its end is a line; an error may name a long path.
SAID = 4_096


def compute(recording, source, target, falter):
    """The receipt of the recording, kept or new; in place of counts it has an "error" where there are no rows.

    The rows come first and the receipt after them, each whole or not at all, under names that the recording alone gives: whoever
    is stopped in between does it again and writes the same.
    """
    target = Storage(target)
    wanted = {"recording": recording.identity, "falter": digest(falter)}
    receipt = _kept(recording, target, wanted)
    if receipt:
        return {**receipt, "kept": True}
    try:
        counts = _run(recording, Storage(source), target, falter)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return {**wanted, "error": f"{recording.path}: {error}"}
    receipt = {**wanted, **counts}
    target.write(recording.receipt, json.dumps(receipt).encode())
    return {**receipt, "kept": False}


def _kept(recording, target, wanted):
    """The receipt that is there, if it is of this very recording and falter, and its rows are there still."""
    if not target.find(recording.receipt):
        return None
    receipt = json.loads(target.read(recording.receipt))
    rows = target.find(recording.rows)
    is_same = all(receipt.get(key) == value for key, value in wanted.items())
    return receipt if is_same and rows and rows.size == receipt["bytes"] else None


def _run(recording, source, target, falter):
    with target.attempt() as folder:
        rows, aside = folder / "rows.parquet", folder / "aside.ndjson"
        counts = stream(source.open(recording.path), falter, rows, aside)
        counts["bytes"] = rows.stat().st_size
        if counts["bad_lines"]:
            target.publish(aside, recording.aside)
        else:
            target.remove(recording.aside)
        target.publish(rows, recording.rows)
    return counts


def stream(recording, falter, rows, aside):
    """Feeds a stream of lines to falter, and returns what it counted."""
    command = [falter, "features", "-", "--keep-going", "--set-aside", aside, "--json", "--output", rows]
    with tempfile.TemporaryFile() as said, recording:
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said) as process:
            try:
                while chunk := recording.read(CHUNK):
                    process.stdin.write(chunk)
                process.stdin.close()
            except BrokenPipeError:
                # falter ended before the recording did, and has said why; what is left for it goes nowhere
                with contextlib.suppress(BrokenPipeError):
                    process.stdin.close()
            except BaseException:
                # an end of input would make falter finish half a recording
                process.kill()
                raise
            counts = process.stdout.read()
        if process.returncode != 0:
            said.seek(0)
            raise ValueError(said.read(SAID).decode(errors="replace").strip() or f"falter ended with {process.returncode}")
    return json.loads(counts)


@functools.cache
def digest(path):
    """SHA-256 of a file that does not change while this process lives."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
