"""What pages send to nginx with the recipe's configuration becomes rows: upload, log, recordings, features."""

import http.client
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import unittest

import place
from assemble_test import pieces, visits

CONF = place.ROOT / "models" / "training" / "collect" / "nginx.conf"
MAIN = "daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\nhttp {{ include {folder}/collect.conf; }}\n"
PATH = "/falter/collect?piece="
WAIT_S = 20


@unittest.skipUnless(shutil.which("nginx"), "nginx is not here: apt-get install nginx-light")
class CollectTest(unittest.TestCase):
    def setUp(self):
        folder = place.temporary()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        # workers of a root's nginx are somebody else
        self.folder.chmod(0o777)
        self.logs = self.folder / "logs"
        self.logs.mkdir()
        self.logs.chmod(0o777)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        text = CONF.read_text()
        for ours, tests in (
            ("listen 8086", f"listen 127.0.0.1:{self.port}"),
            ("/var/log/falter", str(self.logs)),
            ("/run/", f"{self.folder}/"),
            # a test is a busy page
            ("burst=20", "burst=10000"),
        ):
            self.assertIn(ours, text)
            text = text.replace(ours, tests)
        (self.folder / "collect.conf").write_text(text)
        main = self.folder / "nginx.conf"
        main.write_text(MAIN.format(folder=self.folder))
        utc = {**os.environ, "TZ": "UTC"}
        nginx = subprocess.Popen(["nginx", "-p", self.folder, "-c", main], env=utc, stderr=subprocess.DEVNULL)
        self.addCleanup(nginx.wait)
        self.addCleanup(nginx.terminate)
        end = time.monotonic() + WAIT_S
        while not self.is_up():
            self.assertLess(time.monotonic(), end, "nginx does not answer")
            time.sleep(0.05)

    def is_up(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def send(self, path, body, method="POST", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT_S)
        # as sendBeacon and fetch send a string
        headers = {"Content-Type": "text/plain;charset=UTF-8", "User-Agent": "of nobody's business", **headers}
        try:
            connection.request(method, path, body if body is None else body.encode(), headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def kept(self, count):
        """The lines that are kept, which come after their answers."""
        end = time.monotonic() + WAIT_S
        while len(lines := self.lines()) < count and time.monotonic() < end:
            time.sleep(0.05)
        self.assertEqual(len(lines), count)
        return lines

    def lines(self):
        return [json.loads(line) for path in sorted(self.logs.iterdir()) for line in path.read_text().splitlines()]

    def test_uploads_become_the_rows_that_the_recordings_give(self):
        whole = visits(5, 21)
        whole[0].append('{"t":9999999,"s":"page","page":"product","item":"Grüße \\"zitiert\\" \\\\ 鞋"}\n')
        for number in range(3):
            for visit in whole:
                self.assertEqual(self.send(f"{PATH}{number}", pieces(visit, 3)[number]), 204)
        self.kept(15)
        (log,) = self.logs.iterdir()
        out, day = self.folder / "recordings", log.stem
        words = [sys.executable, place.SPARK / "assemble.py", self.logs, out, day, "--parts", "1"]
        done = subprocess.run(list(map(str, words)), capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("5 visits; left out 0", done.stdout)
        found = place.Storage(out).read(f"{day}/part-0000-of-0001.ndjson.zst")
        sent = place.write(self.folder / "sent.ndjson", "".join(sorted(map("".join, whole))).encode())
        got = place.write(self.folder / "got.ndjson", found)
        self.assertEqual(place.falter("features", got), place.falter("features", sent))

    def test_only_pieces_that_may_be_kept_are_kept_and_nothing_else_of_whoever_sent_them(self):
        piece = pieces(visits(1, 5)[0], 1)[0][:200_000]
        self.assertEqual(self.send(f"{PATH}0", piece, **{"Sec-GPC": "1"}), 204)
        self.assertEqual(self.send(f"{PATH}0", None, "GET"), 403)
        self.assertEqual(self.send(f"{PATH}0", "x" * 300_000), 413)
        self.assertEqual(self.send("/elsewhere", piece), 404)
        self.assertEqual(self.send(f"{PATH}0%22", piece), 204)
        (line,) = self.kept(1)
        self.assertEqual((line["piece"], line["body"]), ("0%22", piece))
        self.assertEqual(set(line), {"received", "piece", "body"})


if __name__ == "__main__":
    unittest.main()
