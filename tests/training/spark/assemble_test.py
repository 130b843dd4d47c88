"""Pieces that a collector received become the recordings that pages made, whatever came twice, late or not at all."""

import itertools
import json
import pathlib
import random
import subprocess
import sys
import unittest

import place

import assemble
from storage import Storage

DAY, NEXT = "2026-11-01", "2026-11-02"


def visits(sessions, seed):
    """Recordings of one visit each."""
    found = []
    for line in place.simulate(sessions, seed).decode().splitlines(keepends=True):
        if '"session"' in line:
            found.append([])
        found[-1].append(line)
    return found


def pieces(visit, count):
    """As page.js cuts a visit: the first line, whose end is not known yet, and some lines."""
    head, lines = json.loads(visit[0]), visit[1:]
    cuts = [len(lines) * number // count for number in range(count + 1)]
    parts = [lines[start:end] for start, end in itertools.pairwise(cuts)]
    ends = [json.loads(part[-1])["t"] for part in parts[:-1]] + [head["end"]]
    return [json.dumps({**head, "end": end}, separators=(",", ":")) + "\n" + "".join(part) for part, end in zip(parts, ends)]


def envelope(piece, body, day=DAY):
    return json.dumps({"received": f"{day}T12:00:00+00:00", "piece": str(piece), "body": body}).encode() + b"\n"


class AssembleTest(unittest.TestCase):
    def setUp(self):
        folder = place.temporary()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def assemble(self, *logs):
        """What is said and written of a day, of logs that are lists of lines."""
        for number, (day, lines) in enumerate(logs):
            place.write(self.folder / "logs" / f"{day}.{number}.log.gz", b"".join(lines))
        words = [sys.executable, place.SPARK / "assemble.py", self.folder / "logs", self.folder / "out", DAY, "--parts", "3"]
        done = subprocess.run(list(map(str, words)), capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        out = Storage(self.folder / "out")
        return done.stdout, b"".join(out.read(path) for path, _ in sorted(out.list()))

    def test_pieces_in_any_order_give_the_recordings(self):
        whole = visits(6, 1)
        lines = [envelope(number, piece) for visit in whole for number, piece in enumerate(pieces(visit, 4))]
        # sent again: the same, and shorter
        lines += lines[:3]
        short = pieces(whole[0], 4)[1]
        lines.append(envelope(1, short[: short[:-1].rindex("\n") + 1]))
        # after midnight
        late = visits(1, 2)[0]
        first, *rest = pieces(late, 3)
        lines.append(envelope(0, first))
        random.Random(1).shuffle(lines)
        after = [envelope(number, piece, NEXT) for number, piece in enumerate(rest, 1)]
        # begun on the next day, which is not this one's
        other = envelope(0, pieces(visits(1, 3)[0], 1)[0], NEXT)
        said, written = self.assemble((DAY, lines[:9]), (DAY, lines[9:]), (NEXT, [*after, other]))
        self.assertIn(f"{DAY}: 7 visits", said)
        found = [line for line in written.decode().splitlines(keepends=True)]
        for visit in [*whole, late]:
            start = found.index(visit[0])
            self.assertEqual(found[start : start + len(visit)], visit)
        self.assertEqual(len(found), sum(map(len, [*whole, late])))

    def test_what_is_no_visit_is_left_out_and_counted(self):
        whole, lost, good = visits(3, 4)
        parts = pieces(lost, 3)
        smuggled = pieces(whole, 1)[0] + '{"session":"another","format":1,"w":1,"h":1,"docH":1,"end":1}\n'
        lines = [
            *(envelope(number, piece) for number, piece in enumerate(parts) if number != 1),
            envelope(0, smuggled),
            envelope(0, pieces(good, 1)[0][:-1]),
            envelope("", pieces(good, 1)[0]),
            envelope(10**9, pieces(good, 1)[0]),
            b'{"received":"2026-11-01T00:00:00+00:00","piece":"0","body":"not a recording"}\n',
            b"\xff\xfe\n",
            b"[]\n",
        ]
        said, written = self.assemble((DAY, lines))
        self.assertIn("0 visits; left out 1 with a piece missing, 0 too long, 7 pieces that are none", said)
        self.assertEqual(written, b"")

    def test_one_visit_does_not_grow_without_end(self):
        piece = ((DAY, "head", "x" * 100_000 + "\n"))
        endless = ((("a", number, 1), piece) for number in itertools.count())
        self.assertEqual(assemble.join(endless, DAY), ("long", b""))


if __name__ == "__main__":
    unittest.main()
