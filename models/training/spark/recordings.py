"""Recordings by day: FOLDER/2026-11-01/NAME.ndjson (or day=2026-11-01/), plain, .gz or .zst."""

import dataclasses
import datetime
import io
import json
import re

PATH = re.compile(r"(?:day=)?(?P<day>\d{4}-\d{2}-\d{2})/(?P<name>[^/]+\.ndjson(?:\.gz|\.zst)?)")


@dataclasses.dataclass(frozen=True)
class Recording:
    """A file, and how it is known to be the same later."""

    path: str
    day: str
    name: str
    bytes: int
    modified: str

    @property
    def identity(self):
        return {"path": self.path, "bytes": self.bytes, "modified": self.modified}

    @property
    def rows(self):
        return f"rows/day={self.day}/{self.name}.parquet"

    @property
    def receipt(self):
        return f"receipts/day={self.day}/{self.name}.json"

    @property
    def aside(self):
        return f"aside/day={self.day}/{self.name}.aside"


def find(storage, first="", last="9999"):
    """The recordings of these days, the largest first so that none is waited for in the end; and the files that are none."""
    found, others = [], []
    for path, info in storage.list():
        match = PATH.fullmatch(path)
        if not match or not _is_date(match["day"]):
            others.append(path)
        elif first <= match["day"] <= last:
            modified = info.mtime.astimezone(datetime.timezone.utc).isoformat()
            found.append(Recording(path, match["day"], match["name"], info.size, modified))
    found.sort(key=lambda recording: (-recording.bytes, recording.path))
    return found, others


def sessions(storage, recording):
    """Each session's header and lines. What cannot be read is left among the lines to falter, which counts it."""
    header, lines = None, []
    for line in io.BufferedReader(storage.open(recording.path), 1 << 20):
        opened = header_of(line)
        if opened:
            if header:
                yield header, lines
            header, lines = opened, []
        lines.append(line)
    if header:
        yield header, lines


def header_of(line):
    """What the line says of the session it opens; None where it opens none."""
    # most lines are signals; only what may be a header is read
    if b'"session"' not in line:
        return None
    try:
        header = json.loads(line)
    except ValueError:
        return None
    is_header = isinstance(header, dict) and isinstance(header.get("session"), str) and "s" not in header
    return header if is_header else None


def _is_date(text):
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True
