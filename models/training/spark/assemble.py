#!/usr/bin/env python3
"""A collector's pieces, by the day they were received, to recordings by the day their visit began.

LOGS holds files 2026-11-01*.log, plain, .gz or .zst; a line is {"received", "piece", "body"} as docs/collect.md says. A visit
that goes on after midnight has pieces of the next day too: assemble a day when the next one is over. Doing it again replaces
the day.
"""

import argparse
import collections
import datetime
import io
import itertools
import json
import re
import sys
import zlib

import recordings
from session import start_spark
from storage import Storage, pack

LOG = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})[^/]*\.log(?:\.gz|\.zst)?")
# As long as the recorder's longest, 8 MiB.
MOST_PIECES, MOST_BYTES = 5_000, 8 << 20


def main():
    options = read_options()
    logs, target = Storage(options.logs), Storage(options.out)
    next_day = (datetime.date.fromisoformat(options.day) + datetime.timedelta(days=1)).isoformat()
    days = {options.day, next_day}
    paths = sorted(path for path, _ in logs.list() if (match := LOG.fullmatch(path)) and match["day"] in days)
    if not paths:
        sys.exit(f"{options.logs}: no {options.day}*.log")
    with start_spark() as spark:
        logs = spark.sparkContext.parallelize(paths, len(paths))
        pieces = logs.flatMap(lambda path: read_pieces(options.logs, path))
        # by session, number and length; sorted where it is, on disk if need be
        sorted_pieces = pieces.repartitionAndSortWithinPartitions(options.parts, lambda key: zlib.crc32(key[0].encode()))
        written = sorted_pieces.mapPartitionsWithIndex(lambda part, pieces: [write_part(options, part, pieces)])
        counts = sum(written.collect(), collections.Counter())
    for path, _ in target.list():
        if path.startswith(f"{options.day}/") and not path.endswith(f"-of-{options.parts:04}.ndjson.zst"):
            target.remove(path)
    print(
        f"{options.day}: {counts['visits']:,} visits; left out {counts['gaps']:,} with a piece missing, "
        f"{counts['long']:,} too long, {counts['bad']:,} pieces that are none"
    )


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("logs", metavar="LOGS", help="folder or address of the collector's files")
    parser.add_argument("out", metavar="OUT", help="folder or address for DAY/part-N-of-M.ndjson.zst")
    parser.add_argument("day", metavar="DAY", help="2026-11-01")
    parser.add_argument("--parts", type=int, default=16, help="files to write [%(default)s]")
    return parser.parse_args()


def read_pieces(logs, path):
    """Each piece after its session, number and length; what is none has no session."""
    for line in io.BufferedReader(Storage(logs).open(path), 1 << 20):
        yield read_piece(line)


def read_piece(line):
    try:
        envelope = json.loads(line)
        received, piece = str(envelope["received"]), int(envelope["piece"])
        head, _, lines = envelope["body"].partition("\n")
        header = recordings.header_of(head.encode())
        # a second first line would smuggle a session into another's
        is_alone = not any(recordings.header_of(line.encode()) for line in lines.split("\n"))
        if header and is_alone and lines.endswith("\n") and 0 <= piece < MOST_PIECES:
            return (header["session"], piece, len(lines)), (received[:10], head, lines)
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    return ("", 0, 0), None


def write_part(options, part, pieces):
    """Writes the visits that began that day. The same pieces give the same bytes."""
    target, counts = Storage(options.out), collections.Counter()
    with target.attempt() as folder:
        with pack(folder / "part.zst") as file:
            for session, found in itertools.groupby(pieces, lambda piece: piece[0][0]):
                if session:
                    what, recording = join(found, options.day)
                    counts[what] += 1
                    file.write(recording)
                else:
                    counts["bad"] += sum(1 for _ in found)
        target.publish(folder / "part.zst", f"{options.day}/part-{part:04}-of-{options.parts:04}.ndjson.zst")
    return counts


def join(pieces, day):
    """What became of a session's pieces, which come in order, and the recording where there is one."""
    best, size = [], 0
    for (_, number, _), piece in pieces:
        if number == len(best) - 1:
            # sent again, longer: the first time it was not known to have arrived
            best[-1] = piece
        elif number == len(best):
            best.append(piece)
        else:
            # of the day before if its beginning is not here
            return ("gaps" if best and best[0][0] == day else "others"), b""
        size += len(piece[2])
        if size > MOST_BYTES:
            return "long", b""
    if best[0][0] != day:
        return "others", b""
    # the last first line knows when the visit was last seen
    return "visits", "".join([best[-1][1], "\n", *(lines for _, _, lines in best)]).encode()


if __name__ == "__main__":
    main()
