"""A job that is killed half-way and run again has what one has that was left alone."""

import os
import pathlib
import signal
import time
import unittest

import place

# Long enough that some recordings are done and some are not when it is killed.
SLOW = '#!/bin/sh\nsleep 1\nexec "{falter}" "$@"\n'
RECORDINGS, WAIT_S = 8, 120


class ResumeTest(unittest.TestCase):
    def setUp(self):
        folder = place.temporary()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.slow = place.write(self.folder / "falter", SLOW.format(falter=place.FALTER).encode())
        self.slow.chmod(0o755)
        for number in range(RECORDINGS):
            name = f"2026-11-{1 + number % 3:02}/{number}.ndjson.zst"
            place.write(self.folder / "recordings" / name, place.simulate(4, number))

    def run_job(self, out, falter):
        process = place.start_job(self.folder / "recordings", out, falter=falter)
        said, _ = process.communicate(timeout=WAIT_S)
        self.assertEqual(process.returncode, 0, said)
        return said

    def test_nothing_is_lost_and_nothing_is_double(self):
        out, whole = self.folder / "out", self.folder / "whole"
        killed = place.start_job(self.folder / "recordings", out, falter=self.slow)
        self.addCleanup(killed.stdout.close)
        end = time.monotonic() + WAIT_S
        while not (done := list(out.rglob("receipts/*/*.json"))) and time.monotonic() < end:
            time.sleep(0.02)
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait()
        self.assertTrue(0 < len(done) < RECORDINGS, done)
        kept = {path: path.stat().st_mtime_ns for path in done}
        said = self.run_job(out, self.slow)
        self.assertNotIn("(0 of them done before)", said)
        self.assertEqual({path: path.stat().st_mtime_ns for path in done}, kept)
        self.run_job(whole, place.FALTER)
        rows = place.files(whole / "rows")
        self.assertEqual(len(rows), RECORDINGS)
        self.assertEqual(place.files(out / "rows"), rows)
        self.assertFalse(list((out / ".attempts").iterdir()))


if __name__ == "__main__":
    unittest.main()
