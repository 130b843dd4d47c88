"""The sample, what its sessions are for, and the model that comes of it."""

import json
import pathlib
import unittest

import place

import model
import recordings
import sample
import spark_xgboost
from session import start_spark
from storage import Storage


class SampleTest(unittest.TestCase):
    def drawn(self, rows, seed):
        found = [
            recordings.Recording(f"2026-11-0{day}/{name}.ndjson", f"2026-11-0{day}", f"{name}.ndjson", 1, "")
            for day in (1, 2, 3)
            for name in range(10)
        ]
        receipts = [{"recording": recording.identity, "rows": 100} for recording in found[:-1]]
        receipts.append({"recording": found[-1].identity, "error": "unreadable"})
        return found, sample.draw(found, receipts, rows, seed)

    def test_every_day_gives_its_part_of_the_rows(self):
        found, drawn = self.drawn(900, 1)
        self.assertEqual([recording.day[-1] for recording in drawn], ["1"] * 3 + ["2"] * 3 + ["3"] * 3)
        self.assertNotIn(found[-1], drawn)
        self.assertEqual(drawn, self.drawn(900, 1)[1])
        self.assertNotEqual(drawn, self.drawn(900, 2)[1])
        self.assertEqual(len(self.drawn(1_000_000, 1)[1]), 29)

    def test_a_session_is_for_one_thing_alone_wherever_it_is(self):
        turns = [sample.turn(1, f"session-{number}") for number in range(4_000)]
        for name, share in (("train", 0.6), ("stop", 0.1), ("calibrate", 0.15), ("judge", 0.15)):
            self.assertAlmostEqual(turns.count(name) / len(turns), share, delta=0.03)

    def test_spark_draws_alike(self):
        sessions = [f"session {number} ü" for number in range(50)]
        with start_spark() as spark:
            rows = spark.createDataFrame([(session,) for session in sessions], ["session"])
            units = [row.unit for row in rows.withColumn("unit", spark_xgboost.unit_column(7)).collect()]
        self.assertEqual(units, [sample.unit(7, session) for session in sessions])


class ModelTest(unittest.TestCase):
    def test_one_command_makes_a_model_with_its_card(self):
        folder = place.temporary()
        self.addCleanup(folder.cleanup)
        source, out = pathlib.Path(folder.name, "recordings"), pathlib.Path(folder.name, "out")
        for day in (1, 2):
            place.write(source / f"2026-11-0{day}" / "a.ndjson.zst", place.simulate(150, day))
        job = place.start_job(source, out, "--model")
        said, _ = job.communicate(timeout=300)
        self.assertEqual(job.returncode, 0, said)
        stated = json.loads((out / "model" / "sample.json").read_text())
        self.assertEqual(sum(stated["sessions"].values()), 300)
        areas = stated["roc_auc"]
        self.assertTrue(all(0.75 < area < 1 for area in areas.values()), areas)
        # leaves are a byte each, and risks are counted in buckets
        self.assertAlmostEqual(areas["falter"], areas["catboost"], delta=0.002)
        inspected = json.loads(place.falter("inspect", out / "model" / "model.falter", "--json"))
        self.assertEqual((inspected["trees"], inspected["depth"]), (stated["trees"], 5))
        used = {use["name"] for use in inspected["uses"] if use["splits"]}
        self.assertFalse(used & set(model.WITHOUT))
        card = (out / "model" / "MODEL_CARD.md").read_text()
        self.assertIn(f"judge.ndjson: {stated['sessions']['judge']} visits", card)
        # the people were simulated
        self.assertIn("Not measured", card)

    def test_every_session_of_the_sample_is_written_once(self):
        folder = place.temporary()
        self.addCleanup(folder.cleanup)
        source = pathlib.Path(folder.name, "recordings")
        data = place.simulate(30, 1)
        place.write(source / "2026-11-01" / "a.ndjson.gz", data)
        found, _ = recordings.find(Storage(source))
        paths, sessions, sources = sample.divide(found, Storage(source), 1, folder.name)
        written = b"".join(path.read_bytes() for path in paths.values())
        self.assertEqual(sorted(written.splitlines()), sorted(data.splitlines()))
        self.assertEqual((sum(sessions.values()), sources), (30, {"simulated"}))


if __name__ == "__main__":
    unittest.main()
