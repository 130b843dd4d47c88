"""What a command and all that it starts take of memory and of the processors, while it runs."""

import os
import pathlib
import threading
import time

PAGE, TICKS = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")
EVERY_S = 0.5


class Watch:
    """Samples (seconds, {name of a program: MB of all its processes together}) until it is stopped."""

    def __init__(self, pid):
        self.samples, self._pids, self._began = [], {pid}, time.monotonic()
        self._processor = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self):
        self._ended.set()
        self._thread.join()
        return self.samples

    def processor_s(self):
        """Seconds of processors. A falter lives shorter than a sample lasts: the Python that waits for it knows what it took."""
        return sum(self._processor.values())

    def _run(self):
        while not self._ended.wait(EVERY_S):
            self.samples.append((round(time.monotonic() - self._began, 1), self._sample()))

    def _sample(self):
        found = {}
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                # "pid (name) state parent …"; the name may hold anything
                rest = (folder / "stat").read_text().rpartition(")")[2].split()
                name, times = (folder / "comm").read_text().strip(), [int(ticks) / TICKS for ticks in rest[11:15]]
                found[int(folder.name)] = (int(rest[1]), name, int(rest[21]) * PAGE, times)
            except (OSError, ValueError):
                continue  # it has gone meanwhile
        # parents come before their children, but for numbers that began anew
        for _ in range(2):
            self._pids |= {pid for pid, (parent, *_) in found.items() if parent in self._pids}
        self._pids &= found.keys()
        sums = {}
        for pid in self._pids:
            _, name, size, times = found[pid]
            sums[name] = sums.get(name, 0) + size / 1e6
            if name != "falter":
                # own time, and for Python that of those it has waited for
                self._processor[pid] = sum(times if name.startswith("python") else times[:2])
        return {name: round(size) for name, size in sums.items()}


def peaks(samples):
    """For each program the most MB in the middle and in the last third of the time; in the first all of it starts."""
    third = max(len(samples) // 3, 1)
    names = {name for _, sizes in samples for name in sizes}
    parts = samples[third:-third] or samples, samples[-third:]
    return {name: [max(sizes.get(name, 0) for _, sizes in part) for part in parts] for name in sorted(names)}
