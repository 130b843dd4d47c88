"""A sample of the recordings: files drawn day by day, and what each of their sessions is for."""

import contextlib
import hashlib
import pathlib

import recordings

# Ticks are 250 ms apart and rows next to each other much alike: a row a second of four times the people teaches more.
LEARN_EVERY_MS = 1_000

# Trees are grown on the first, and no more than do the second good. Where a turn ends, of all sessions.
TURNS = (("train", 0.6), ("stop", 0.7), ("calibrate", 0.85), ("judge", 1.0))


def draw(found, receipts, rows, seed):
    """The recordings of the sample: of each day as many as give its part of so many rows, and one at least."""
    counts = {receipt["recording"]["path"]: receipt["rows"] for receipt in receipts if "error" not in receipt}
    by_day = {}
    for recording in sorted(found, key=lambda recording: unit(seed, recording.path)):
        if recording.path in counts:
            by_day.setdefault(recording.day, []).append(recording)
    drawn = []
    for day in sorted(by_day):
        wanted = rows / len(by_day)
        for recording in by_day[day]:
            if wanted <= 0:
                break
            drawn.append(recording)
            wanted -= counts[recording.path]
    return drawn


def turn(seed, session):
    """What a session is for, wherever its rows and lines are: nobody is trained on and judged."""
    place = unit(seed, session)
    return next(name for name, end in TURNS if place < end)


def unit(seed, text):
    """A draw in 0..1 that depends on the text alone."""
    digest = hashlib.sha256(f"{seed}:{text}".encode()).digest()
    return int.from_bytes(digest[:6]) / (1 << 48)


def divide(drawn, storage, seed, folder):
    """Writes the sample's sessions to a recording a turn; returns those, the sessions in each, and who recorded them."""
    paths = {name: pathlib.Path(folder) / f"{name}.ndjson" for name, _ in TURNS}
    sessions, sources = dict.fromkeys(paths, 0), set()
    with contextlib.ExitStack() as stack:
        files = {name: stack.enter_context(path.open("wb")) for name, path in paths.items()}
        for recording in drawn:
            for header, lines in recordings.sessions(storage, recording):
                name = turn(seed, header["session"])
                files[name].writelines(lines)
                sessions[name] += 1
                sources.add(header.get("source"))
    return paths, sessions, sources
