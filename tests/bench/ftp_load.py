"""Uploads from many cameras at once, one process each, so that the load is not limited by one interpreter.

load(port, ...) returns uploads per second and megabytes per second; it raises when an upload fails, because a
benchmark of failing uploads says nothing.
"""
import ftplib
import io
import multiprocessing
import os
import time


class Body(io.RawIOBase):
    """A file of `size` bytes that needs no memory."""

    def __init__(self, size, block):
        self.left, self.block = size, block

    def readable(self):
        return True

    def read(self, n=-1):
        take = min(self.left, len(self.block), n if n and n > 0 else len(self.block))
        self.left -= take
        return self.block[:take]


def session(port, user, password):
    ftp = ftplib.FTP(timeout=120)
    ftp.connect("127.0.0.1", port)
    ftp.login(user, password)
    if user == "anonymous":
        ftp.cwd("in")  # vsftpd refuses a writable root for anonymous users
    return ftp


def camera(index, options, gate, results):
    block = os.urandom(min(options["size"], 1 << 20))
    ftp = None
    gate.wait()
    begin = time.monotonic()
    try:
        for number in range(options["files"]):
            if ftp is None:
                ftp = session(options["port"], options["user"], options["password"])
            # Different bytes each time: the same file twice would be one.
            head = b"%08d-%08d-%d" % (index, number, time.time_ns())
            body = Body(options["size"], head + block[len(head):])
            name = "MDAlarm_%s-%06d_%d_%d.jpg" % (time.strftime("%Y%m%d"), number, index, options["run"])
            ftp.storbinary("STOR " + name, body, blocksize=1 << 16)
            if options["per_file"]:
                ftp.quit()
                ftp = None
        if ftp:
            ftp.quit()
        results.put((begin, time.monotonic(), None))
    except Exception as error:  # noqa: BLE001: told to the parent, which stops the benchmark
        results.put((begin, time.monotonic(), "%s: %s" % (type(error).__name__, error)))


def load(port, user, password, clients=14, files=20, size=50_000, per_file=True):
    options = dict(port=port, user=user, password=password, files=files, size=size, per_file=per_file,
                   run=time.time_ns() % 1_000_000_000)
    gate, results = multiprocessing.Event(), multiprocessing.Queue()
    cameras = [multiprocessing.Process(target=camera, args=(i, options, gate, results)) for i in range(clients)]
    for process in cameras:
        process.start()
    time.sleep(0.3)
    gate.set()
    answers = [results.get(timeout=600) for _ in cameras]
    for process in cameras:
        process.join()
    errors = [answer[2] for answer in answers if answer[2]]
    if errors:
        raise RuntimeError(errors[0])
    seconds = max(answer[1] for answer in answers) - min(answer[0] for answer in answers)
    return {"uploads/s": clients * files / seconds, "MB/s": clients * files * size / seconds / 1e6}
