"""Uploads from many cameras at once, one process each, so that the load is not limited by one interpreter.

load(server, ...) sends real pictures, each with bytes of its own, and returns uploads per second and megabytes per
second. It raises when an upload fails or the server does not have all of it afterwards, because a benchmark of
uploads that did not happen says nothing.
"""
import ftplib
import io
import multiprocessing
import os
import time

import small_jpeg


class LongBody(io.RawIOBase):
    """A file of `size` bytes that needs no memory: what a camera records for an hour, as far as a server can tell."""

    def __init__(self, size, block):
        self.left, self.block = size, block

    def readable(self):
        return True

    def read(self, n=-1):
        take = min(self.left, len(self.block), n if n and n > 0 else len(self.block))
        self.left -= take
        return self.block[:take]


def session(server):
    ftp = ftplib.FTP(timeout=120)
    ftp.connect("127.0.0.1", server.port)
    ftp.login(server.user, server.password)
    if server.user == "anonymous":
        ftp.cwd("in")  # vsftpd refuses a writable root for anonymous users
    return ftp


def camera(index, server, options, gate, results):
    size, is_long = options["size"], options["is_long"]
    source = os.urandom(1 << 20) if is_long else small_jpeg.picture(size, seed=index)
    ftp = None
    gate.wait()
    begin = time.monotonic()
    try:
        for number in range(options["files"]):
            if ftp is None:
                ftp = session(server)
            # Different bytes each time: the same file twice would be one.
            text = "%08d-%08d-%d" % (index, number, time.time_ns())
            body = (LongBody(size, text.encode("ascii") + source[len(text):]) if is_long else
                    io.BytesIO(small_jpeg.unique(source, text)))
            name = "MDAlarm_%s-%06d_%d_%d.%s" % (time.strftime("%Y%m%d"), number, index, options["run"],
                                                 "bin" if is_long else "jpg")
            ftp.storbinary("STOR " + name, body, blocksize=1 << 16)
            if options["per_file"]:
                ftp.quit()
                ftp = None
        if ftp:
            ftp.quit()
        results.put((begin, time.monotonic(), None))
    except Exception as error:  # noqa: BLE001: told to the parent, which stops the benchmark
        results.put((begin, time.monotonic(), "%s: %s" % (type(error).__name__, error)))


def load(server, clients=14, files=20, size=50_000, per_file=True, is_long=False):
    """is_long: one block of random bytes over and over instead of pictures, for sizes beyond a picture's."""
    options = dict(files=files, size=size, per_file=per_file, is_long=is_long, run=time.time_ns() % 1_000_000_000)
    before = server.stored()
    gate, results = multiprocessing.Event(), multiprocessing.Queue()
    plain = server._replace(stored=None)  # what the cameras need to know
    cameras = [multiprocessing.Process(target=camera, args=(i, plain, options, gate, results)) for i in range(clients)]
    for process in cameras:
        process.start()
    time.sleep(0.5)
    gate.set()
    answers = [results.get(timeout=600) for _ in cameras]
    for process in cameras:
        process.join()
    errors = [answer[2] for answer in answers if answer[2]]
    if errors:
        raise RuntimeError(errors[0])
    after = server.stored()
    arrived = (after[0] - before[0], after[1] - before[1])
    if arrived != (clients * files, clients * files * size):
        raise RuntimeError("%d files of %d bytes were sent, but %d files with %d bytes in all are stored" % (
            clients * files, size, *arrived))
    seconds = max(answer[1] for answer in answers) - min(answer[0] for answer in answers)
    return {"uploads/s": clients * files / seconds, "MB/s": clients * files * size / seconds / 1e6}
