#!/usr/bin/env python3
"""Spark beside falter alone: rows a second on one core and two, memory, a job killed half-way, and the models' AUC.

usage: bench.py SESSIONS FOLDER     (./build.sh bench spark calls it; FALTER names the falter command)
Recordings of simulated visits, a thousand a file, stay in FOLDER. Writes benches/record/DATE-spark.json.
Exit status 1 when a target is missed.
"""

import concurrent.futures
import datetime
import itertools
import json
import os
import pathlib
import platform
import resource
import shutil
import signal
import subprocess
import sys
import time

import bench_models
import recordings
import verify
from storage import Storage, pack
from watch import Watch, peaks

ROOT = pathlib.Path(__file__).resolve().parents[3]
FALTER = os.path.abspath(os.environ["FALTER"])
# What has to hold (issue: beyond one machine).
PART_OF_ALONE, AUC_APART, GROWTH = 0.8, 0.002, 1.1
# Less than that may grow by a part of itself and mean nothing.
LITTLE_MB = 15
# Of the memory over time, in the record.
POINTS = 60
DAYS, FILE_SESSIONS = 5, 1_000
# Alone, and on one core, so many are measured; more are the same again.
PART_FILES = 20


def main():
    sessions, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    source = folder / "recordings"
    make_recordings(sessions, source)
    found, _ = recordings.find(Storage(source))
    part = choose_part(found, source, folder / "part")
    record = {
        "date": datetime.datetime.now(datetime.timezone.utc).date().isoformat(),
        "machine": f"{os.cpu_count()} × {processor()}, load average {os.getloadavg()[0]:.1f}",
        "sessions": sessions,
        "recordings": {"files": len(found), "bytes": sum(recording.bytes for recording in found)},
        "part_sessions": len(part) * FILE_SESSIONS if len(part) < len(found) else sessions,
    }
    steps = {
        "alone": lambda: measure_alone(part, folder),
        "spark_one_core": lambda: measure_whole(folder / "part", folder / "one"),
        "spark_two_cores": lambda: measure_killed(source, folder / "two", len(found)),
        "checked": lambda: verify.check(found, folder / "two", folder / "alone", sessions),
        "models": lambda: bench_models.compare(source, folder / "two", folder, FALTER),
        "targets": lambda: judge(record),
    }
    path = ROOT / "benches" / "record" / f"{record['date']}-spark.json"
    for name, step in steps.items():
        record[name] = step()
        # what was measured stays, whatever becomes of the rest
        path.write_text(json.dumps(record, default=float) + "\n")
        shown = {key: value for key, value in record[name].items() if key != "memory"}
        print(f"{name}: {json.dumps(shown, default=float)}", flush=True)
    sys.exit(0 if all(target["met"] for target in record["targets"].values()) else 1)


def make_recordings(sessions, source):
    """Files by day; those that are there stay."""
    numbers = range(-(-sessions // FILE_SESSIONS))
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(make_recording, itertools.repeat(source), numbers, itertools.repeat(sessions)))


def make_recording(source, number, sessions):
    """A file of visits; every fifth is packed by gzip, the others by zstd."""
    kind = "gz" if number % 5 == 0 else "zst"
    path = source / f"2026-11-{1 + number % DAYS:02}" / f"part-{number:05}.ndjson.{kind}"
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    count = min(FILE_SESSIONS, sessions - number * FILE_SESSIONS)
    simulate = [FALTER, "simulate", "--sessions", str(count), "--seed", str(number + 1), "--json"]
    part = path.with_name(f"_{path.name}")
    with subprocess.Popen(simulate, stdout=subprocess.PIPE) as process, pack(part) as file:
        shutil.copyfileobj(process.stdout, file, 1 << 20)
    part.rename(path)


def choose_part(found, source, part):
    """Some of the recordings, in a folder of links."""
    chosen = sorted(found, key=lambda recording: recording.path)[:: max(1, len(found) // PART_FILES)][:PART_FILES]
    shutil.rmtree(part, ignore_errors=True)
    for recording in chosen:
        link = part / recording.path
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(source / recording.path)
    return chosen


def measure_alone(part, folder):
    """`falter features` on plain files, a process a core: on one core, then on two at once."""
    shutil.rmtree(folder / "alone", ignore_errors=True)
    plain = []
    for recording in part:
        path = folder / "alone" / recording.rows.removesuffix(".parquet")
        path.parent.mkdir(parents=True, exist_ok=True)
        with Storage(folder / "recordings").open(recording.path) as stream, path.open("wb") as file:
            shutil.copyfileobj(stream, file, 1 << 20)
        plain.append(path)

    def run(core, paths):
        rows = 0
        for path in paths:
            command = ["taskset", "-c", str(core), FALTER, "features", path, "--json", "-o", f"{path}.parquet"]
            rows += json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["rows"]
        return rows

    before, began = children_cpu(), time.perf_counter()
    rows = run(0, plain)
    one, cpu = rows / (time.perf_counter() - began), rows / (children_cpu() - before)
    began = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(run, (0, 1), (plain[::2], plain[1::2])))
    two = rows / (time.perf_counter() - began)
    for path in plain:
        path.unlink()
    return {
        "rows": rows,
        "rows_per_s_one_core": round(one),
        "rows_per_s_two_cores": round(two),
        "rows_per_cpu_s": round(cpu),
    }


def children_cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def start_job(source, out, master, cores):
    command = ["taskset", "-c", cores, sys.executable, "-W", "ignore", str(ROOT / "models/training/spark/job.py")]
    command += [str(source), str(out), "--falter", FALTER]
    said = (out.parent / f"{out.name}.log").open("a")
    return subprocess.Popen(command, stdout=said, stderr=said, env={**os.environ, "SPARK_MASTER": master}, start_new_session=True)


def run_job(source, out, master, cores):
    """A job to its end."""
    job = start_job(source, out, master, cores)
    watch = Watch(job.pid)
    status = job.wait()
    samples = watch.stop()
    if status != 0:
        sys.exit(f"the job failed: {out}.log")
    summary = json.loads((out / "summary.json").read_text())
    return {
        "recordings_kept": summary["kept"],
        "rows": summary["rows"],
        "rows_per_s": round(summary["new_rows"] / summary["seconds"]),
        "rows_per_s_with_start": round(summary["new_rows"] / (summary["seconds"] + summary["start_seconds"])),
        "rows_per_cpu_s": round(summary["new_rows"] / watch.processor_s()),
        "start_s": round(summary["start_seconds"], 1),
        "seconds": round(summary["seconds"], 1),
        "peak_mb_middle_and_last_third": peaks(samples),
        "memory": [[at, *sizes.items()] for at, sizes in samples[:: max(1, len(samples) // POINTS)]],
    }


def measure_whole(source, out):
    """A job on one core."""
    shutil.rmtree(out, ignore_errors=True)
    return run_job(source, out, "local[1]", cores="0")


def measure_killed(source, out, count):
    """A job on two cores that is killed with half of the recordings done, and one that goes on."""
    shutil.rmtree(out, ignore_errors=True)
    job = start_job(source, out, "local[2]", cores="0,1")
    while job.poll() is None and receipts(out) < count / 2:
        time.sleep(0.2)
    os.killpg(job.pid, signal.SIGKILL)
    job.wait()
    return {"killed_with": receipts(out), "of": count, **run_job(source, out, "local[2]", cores="0,1")}


def receipts(out):
    return len(list(out.glob("receipts/*/*.json")))


def judge(record):
    """Whether what has to hold does."""
    alone, one, two, models = record["alone"], record["spark_one_core"], record["spark_two_cores"], record["models"]
    parts = {
        "rows a second on one core, of alone": one["rows_per_s"] / alone["rows_per_s_one_core"],
        "rows a second on two cores, of alone": two["rows_per_s"] / alone["rows_per_s_two_cores"],
    }
    targets = {name: {"found": part, "met": part >= PART_OF_ALONE} for name, part in parts.items()}
    grown = {name: last / middle for name, (middle, last) in two["peak_mb_middle_and_last_third"].items() if middle > LITTLE_MB}
    targets["memory, last third by middle"] = {"found": max(grown.values()), "met": max(grown.values()) <= GROWTH}
    targets["nothing lost, nothing double"] = {"found": record["checked"], "met": not record["checked"]["wrong"]}
    apart = max(abs(models["spark"] - area) for area in models["alone"].values())
    targets["AUC apart"] = {"found": apart, "met": apart <= AUC_APART}
    return targets


def processor():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    main()
