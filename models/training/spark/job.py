#!/usr/bin/env python3
"""Recordings by day to rows by day, with Spark and falter; and a model of a sample of them.

Run again after whatever stopped it: what has a receipt stays, the rest is done. One job at a time for one OUT.
Exit status: 0 done, 1 some recordings could not be read (they are named), 2 called wrongly.
"""

import argparse
import collections
import json
import os
import shutil
import sys
import time

from pyspark import SparkFiles

import compute
import model
import recordings
from session import start_spark
from storage import Storage

TOLD = 20


def main():
    options = read_options()
    source, target = Storage(options.recordings), Storage(options.out)
    found, others = recordings.find(source, *options.days)
    if others:
        named = ", ".join(others[:TOLD])
        print(f"passed over {len(others)} files that are no DAY/NAME.ndjson[.gz|.zst]: {named}", file=sys.stderr)
    if not found:
        sys.exit(f"{options.recordings}: no recordings in folders by day (2026-11-01/NAME.ndjson.zst)")
    target.clear_attempts()
    began = time.perf_counter()
    with start_spark(options.falter) as spark:
        started = time.perf_counter()
        receipts = compute_rows(spark, found, options)
        seconds = {"start_seconds": started - began, "seconds": time.perf_counter() - started}
        failed = report(receipts, seconds, target)
        if options.model and not all("error" in receipt for receipt in receipts):
            model.make(spark, found, receipts, source, target, options)
    sys.exit(1 if failed else 0)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recordings", metavar="RECORDINGS", help="folder or address; in it DAY/NAME.ndjson, .gz or .zst")
    parser.add_argument("out", metavar="OUT", help="folder or address for rows/, receipts/, aside/ and model/")
    parser.add_argument("--falter", default=shutil.which("falter"), help="the falter command, for the executors' machines")
    parser.add_argument("--days", default="", metavar="DAY|FIRST..LAST", help="these days alone")
    parser.add_argument("--model", action="store_true", help="train, import, judge and describe a model of a sample")
    model.add_options(parser.add_argument_group("model"))
    options = parser.parse_args()
    if not options.falter or not os.access(options.falter, os.X_OK):
        parser.error("no falter command: build it with cargo build --release --features cli, and name it with --falter")
    first, dots, last = options.days.partition("..")
    options.days = (first, (last if dots else first) or "9999")
    return options


def compute_rows(spark, found, options):
    """Every recording's receipt; a recording is a task, so the one who is lost costs one recording."""
    source, target, name = options.recordings, options.out, os.path.basename(options.falter)
    tasks = spark.sparkContext.parallelize(found, len(found))
    return tasks.map(lambda recording: compute.compute(recording, source, target, SparkFiles.get(name))).collect()


def report(receipts, seconds, target):
    """Says what was done, and keeps it beside the rows. Returns the recordings that failed."""
    failed = [receipt["error"] for receipt in receipts if "error" in receipt]
    counts = collections.Counter()
    for receipt in receipts:
        for key in ("visits", "rows", "bad_lines", "unknown_signals", "kept"):
            counts[key] += receipt.get(key, 0)
        counts["new_rows"] += 0 if receipt.get("kept") else receipt.get("rows", 0)
    summary = {"recordings": len(receipts), "failed": len(failed), **counts, **seconds}
    target.write("summary.json", json.dumps({**summary, "errors": failed}, indent=2).encode())
    print(
        "{recordings:,} recordings ({kept:,} of them done before): {visits:,} visits, {rows:,} rows, "
        "{bad_lines:,} bad lines set aside, {unknown_signals:,} signals of unknown kinds, {failed:,} recordings failed; "
        "{seconds:.1f} s after {start_seconds:.1f} s of start".format(**summary)
    )
    for error in failed[:TOLD]:
        print(error, file=sys.stderr)
    if len(failed) > TOLD:
        print(f"and {len(failed) - TOLD} more; summary.json has all", file=sys.stderr)
    return failed


if __name__ == "__main__":
    main()
