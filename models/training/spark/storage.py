"""A folder on this machine, or anywhere pyarrow reaches by an address: s3://, gs://, abfss://, hdfs://."""

import os
import pathlib
import shutil
import tempfile

from pyarrow import fs

ATTEMPTS = ".attempts"
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}


class Storage:
    """Files by their path within the folder. Executors make their own from the address."""

    def __init__(self, address):
        self.address = str(address)
        if "://" in self.address:
            self.files, self.root = fs.FileSystem.from_uri(self.address)
        else:
            self.files, self.root = fs.LocalFileSystem(), os.path.abspath(self.address)
        self.is_local = isinstance(self.files, fs.LocalFileSystem)

    def list(self):
        """What is in the folder and its folders, without what is still being written (names that begin with . or _)."""
        infos = self.files.get_file_info(fs.FileSelector(self.root, recursive=True, allow_not_found=True))
        for info in infos:
            path = os.path.relpath(info.path, self.root)
            if info.is_file and not any(part.startswith((".", "_")) for part in path.split("/")):
                yield path, info

    def find(self, path):
        """What is known of the file, or None."""
        info = self.files.get_file_info(self.full(path))
        return info if info.is_file else None

    def open(self, path):
        """A stream of the file's bytes, unpacked as its name says. A file cut short is an error at its end."""
        compression = COMPRESSIONS.get(pathlib.PurePath(path).suffix)
        return self.files.open_input_stream(self.full(path), compression=compression)

    def read(self, path):
        with self.open(path) as stream:
            return stream.read()

    def write(self, path, data):
        with self.attempt() as folder:
            (folder / "file").write_bytes(data)
            self.publish(folder / "file", path)

    def attempt(self):
        """A folder for what is not whole yet: within a local folder, so that publishing is a rename, else the machine's own."""
        within = None
        if self.is_local:
            within = os.path.join(self.root, ATTEMPTS)
            os.makedirs(within, exist_ok=True)
        return _Attempt(within)

    def publish(self, local, path):
        """Moves a file to its place; there it is whole or not at all. What was there before is replaced."""
        full = self.full(path)
        if self.is_local:
            os.makedirs(os.path.dirname(full), exist_ok=True)
            os.replace(local, full)
            return
        # an object appears when its upload ends; elsewhere the name would show before its content is whole
        part = f"{os.path.dirname(full)}/.{os.path.basename(full)}.{os.path.basename(os.path.dirname(local))}"
        with open(local, "rb") as source, self.files.open_output_stream(part) as target:
            shutil.copyfileobj(source, target, 1 << 20)
        self.files.move(part, full)

    def remove(self, path):
        if self.find(path):
            self.files.delete_file(self.full(path))

    def clear_attempts(self):
        """Takes away what a run that was killed has left."""
        if self.is_local:
            shutil.rmtree(os.path.join(self.root, ATTEMPTS), ignore_errors=True)

    def full(self, path):
        """The path as the file system knows it."""
        return f"{self.root}/{path}"


def pack(path):
    """A file of this machine that is written, packed as its name says."""
    return fs.LocalFileSystem().open_output_stream(str(path), compression=COMPRESSIONS[path.suffix])


class _Attempt(tempfile.TemporaryDirectory):
    def __init__(self, within):
        super().__init__(prefix="falter-", dir=within)

    def __enter__(self):
        return pathlib.Path(super().__enter__())
