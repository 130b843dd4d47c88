"""Rows by Spark are those of `falter features`, to the byte, whatever is wrong with the recordings."""

import json
import os
import pathlib
import types
import unittest

import numpy as np
import place
import pyarrow.parquet
from place import FALTER

import job
import recordings
from session import start_spark
from storage import Storage

DAYS = ("2026-11-01", "2026-11-02")

# What cannot be read, and a word of why.
FAIL = {f"{DAYS[1]}/cut.ndjson.gz": "Truncated", f"{DAYS[1]}/zip.ndjson": "a zip archive"}


class RowsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = place.temporary()
        cls.addClassCleanup(folder.cleanup)
        cls.source, cls.out = pathlib.Path(folder.name, "recordings"), pathlib.Path(folder.name, "out")
        names = (f"{DAYS[0]}/a.ndjson", f"{DAYS[0]}/a.ndjson.gz", f"{DAYS[1]}/b.ndjson.gz", f"day={DAYS[1]}/c.ndjson.zst")
        good = {name: place.simulate(20, seed) for seed, name in enumerate(names)}
        lines = place.simulate(20, 9).splitlines(keepends=True)
        lines[5:5] = [b"{\n", b"\xff\xfe\n"]
        cls.whole = {**good, f"{DAYS[0]}/bad.ndjson.zst": b"".join(lines), f"{DAYS[1]}/empty.ndjson": b""}
        for path, data in cls.whole.items():
            place.write(cls.source / path, data)
        for path in ("notes.txt", f"{DAYS[0]}/_written.ndjson", "2026-13-01/x.ndjson"):
            place.write(cls.source / path, b"nothing")
        # longer than a pipe holds, so that falter ends before it is read
        place.write(cls.source / DAYS[1] / "zip.ndjson", b"PK\x03\x04" + b"x\n" * 3_000_000)
        cut = place.write(cls.source / DAYS[1] / "cut.ndjson.gz", place.simulate(20, 10))
        os.truncate(cut, cut.stat().st_size - 100)
        cls.spark = start_spark(FALTER)
        cls.addClassCleanup(cls.spark.stop)
        cls.found, cls.others = recordings.find(Storage(cls.source))
        cls.receipts = {receipt["recording"]["path"]: receipt for receipt in cls.compute()}

    @classmethod
    def compute(cls):
        options = types.SimpleNamespace(recordings=str(cls.source), out=str(cls.out), falter=FALTER)
        return job.compute_rows(cls.spark, recordings.find(Storage(cls.source))[0], options)

    def rows_of(self, path):
        return self.out / next(recording.rows for recording in self.found if recording.path == path)

    def test_only_recordings_by_day_are_read_and_the_others_are_named(self):
        self.assertEqual({recording.path for recording in self.found}, {*self.whole, *FAIL})
        self.assertEqual(set(self.others), {"notes.txt", "2026-13-01/x.ndjson"})
        self.assertEqual({recording.day for recording in self.found}, set(DAYS))

    def test_files_have_the_bytes_that_falter_alone_writes(self):
        with place.temporary() as folder:
            for path, data in self.whole.items():
                plain, alone = place.write(pathlib.Path(folder, "plain.ndjson"), data), pathlib.Path(folder, "alone.parquet")
                place.falter("features", plain, "--keep-going", "-o", alone)
                self.assertEqual(self.rows_of(path).read_bytes(), alone.read_bytes(), path)

    def test_spark_reads_the_very_bits(self):
        read = self.spark.read.parquet(str(self.out / "rows")).orderBy("session", "t").toArrow()
        self.assertEqual({str(day) for day in read["day"].unique().to_pylist()}, set(DAYS))
        alone = pyarrow.concat_tables(
            pyarrow.parquet.read_table(path, partitioning=None) for path in (self.out / "rows").rglob("*.parquet")
        ).sort_by([("session", "ascending"), ("t", "ascending")])
        self.assertGreater(len(alone), 10_000)
        self.assertEqual(len(read), len(alone))
        for name in alone.column_names:
            mine, theirs = (table[name].combine_chunks() for table in (read, alone))
            self.assertEqual(mine.is_null().to_pylist(), theirs.is_null().to_pylist(), name)
            if name in ("session", "t", "leaves"):
                self.assertEqual(mine.to_pylist(), theirs.to_pylist(), name)
            else:
                bits = [values.fill_null(0).to_numpy().view(np.uint32) for values in (mine, theirs)]
                np.testing.assert_array_equal(*bits, err_msg=name)

    def test_bad_lines_are_set_aside_and_counted(self):
        receipt = self.receipts[f"{DAYS[0]}/bad.ndjson.zst"]
        self.assertEqual((receipt["visits"], receipt["bad_lines"]), (20, 2))
        kept = list((self.out / "aside").rglob("*.aside"))
        self.assertEqual([path.name for path in kept], ["bad.ndjson.zst.aside"])
        self.assertEqual([json.loads(line)["line"] for line in kept[0].read_text().splitlines()], [6, 7])

    def test_what_is_cut_short_or_of_another_kind_fails_by_name_and_leaves_no_rows(self):
        failed = {path: receipt["error"] for path, receipt in self.receipts.items() if "error" in receipt}
        self.assertEqual(set(failed), set(FAIL))
        for path, word in FAIL.items():
            self.assertIn(path, failed[path])
            self.assertIn(word, failed[path])
            self.assertFalse(list(self.out.rglob(f"{pathlib.Path(path).name}*")))
        self.assertFalse(list((self.out / ".attempts").iterdir()))

    def test_no_recording_is_no_visits(self):
        receipt = self.receipts[f"{DAYS[1]}/empty.ndjson"]
        self.assertEqual((receipt["visits"], receipt["rows"]), (0, 0))

    def test_what_changed_is_done_again_and_nothing_else(self):
        changed, lost = f"{DAYS[0]}/a.ndjson", f"{DAYS[1]}/b.ndjson.gz"
        place.write(self.source / changed, place.simulate(5, 77))
        self.rows_of(lost).unlink()
        try:
            again = {receipt["recording"]["path"]: receipt for receipt in self.compute()}
        finally:
            place.write(self.source / changed, self.whole[changed])
        new = {path for path, receipt in again.items() if receipt.get("kept") is False}
        self.assertEqual(new, {changed, lost})
        self.assertEqual(again[changed]["visits"], 5)
        self.assertTrue(self.rows_of(lost).exists())
        self.compute()


if __name__ == "__main__":
    unittest.main()
