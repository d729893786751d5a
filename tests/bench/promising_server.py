#!/usr/bin/python3
"""pyftpdlib that keeps Gatehouse's promise, written the way one would without Gatehouse: before 226 the file is
synced, renamed into its folder, the folder is synced, and its row with the SHA-256 is committed.

    promising_server.py FOLDER PORT          user cam, password secret

A thread for each connection, so that the syncs of several cameras overlap.
"""
import argparse
import hashlib
import os
import pathlib
import sqlite3
import threading
import uuid

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.filesystems import AbstractedFS
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import ThreadedFTPServer


class Catalog:
    def __init__(self, path):
        self.lock = threading.Lock()
        self.rows = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self.rows.execute("PRAGMA journal_mode = WAL")
        self.rows.execute("PRAGMA synchronous = FULL")
        self.rows.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, path TEXT, bytes INTEGER, sha256 BLOB)")

    def add(self, path, size, digest):
        with self.lock:
            self.rows.execute("INSERT INTO item (path, bytes, sha256) VALUES (?, ?, ?)", (path, size, digest))


class Upload:
    """What pyftpdlib writes to; it closes the file before it answers 226."""

    def __init__(self, catalog, path):
        self.catalog, self.path = catalog, pathlib.Path(path)
        self.part = self.path.parent.parent / "incoming" / uuid.uuid4().hex
        self.file = open(self.part, "wb")
        self.name, self.closed, self.size, self.hash = path, False, 0, hashlib.sha256()

    def write(self, data):
        self.hash.update(data)
        self.size += len(data)
        self.file.write(data)

    def close(self):
        self.closed = True
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        os.rename(self.part, self.path)
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        self.catalog.add(str(self.path), self.size, self.hash.digest())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("port", type=int)
    options = parser.parse_args()
    root, port = options.folder, options.port
    home = root / "archive"
    for folder in (home, root / "incoming"):
        folder.mkdir()
    catalog = Catalog(root / "catalog.db")

    class Files(AbstractedFS):
        def open(self, filename, mode):
            return Upload(catalog, filename)

    FTPHandler.authorizer = DummyAuthorizer()
    FTPHandler.authorizer.add_user("cam", "secret", str(home), perm="elradfmwMT")
    FTPHandler.abstracted_fs = Files
    server = ThreadedFTPServer(("127.0.0.1", port), FTPHandler)
    server.max_cons = 0
    server.serve_forever()


if __name__ == "__main__":
    main()
