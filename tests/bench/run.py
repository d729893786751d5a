#!/usr/bin/env python3
"""Runs the benchmarks interleaved with their peers and prints a table, or with --json one line each:
{name, ours, peer, unit, ratio, goal, met}. Not a test: a busy machine makes figures, not failures.

    run.py --build DIR [--json] [--rounds N] [NAME…]       see --list
"""
import argparse
import hashlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import ftp_load
import peers


class Bench:
    def __init__(self, build, rounds, as_json):
        self.build, self.rounds, self.as_json = pathlib.Path(build), rounds, as_json
        peers.GATEHOUSE[:] = [str(self.build / "app/gatehouse")]

    def tell(self, name, ours, unit, peer=None, goal=None, met=None):
        """goal: in words; met: whether it is reached, None without a goal."""
        ratio = ours / peer if peer else None
        if self.as_json:
            print(json.dumps(dict(name=name, ours=round(ours, 3), peer=peer and round(peer, 3), unit=unit,
                                  ratio=ratio and round(ratio, 3), goal=goal, met=met)), flush=True)
            return
        print("%-58s %10.1f %-9s %-18s %-12s %s" % (
            name, ours, unit, "peer %10.1f" % peer if peer else "", "ratio %.2f" % ratio if ratio else "",
            "" if met is None else "%s (%s)" % ("met" if met else "MISSED", goal)), flush=True)

    def interleaved(self, servers, work, figure):
        """The median of each server's rounds, one round of each in turn."""
        found = {name: [] for name in servers}
        for _ in range(self.rounds):
            for name, server in servers.items():
                with server() as (port, user, password):
                    ftp_load.load(port, user, password, clients=14, files=2, size=1000)  # warm
                    found[name].append(work(port, user, password)[figure])
        return {name: statistics.median(values) for name, values in found.items()}

    def ours(self):
        return peers.gatehouse(str(self.build / "app/gatehouse"))

    def ours_unsynced(self):
        return peers.gatehouse(str(self.build / "tests/bench/bench_engine_unsynced"))

    # --- the benchmarks

    def ftp_session_per_file(self):
        def work(*who):
            return ftp_load.load(*who, clients=14, files=60, size=50_000, per_file=True)
        found = self.interleaved({
            "ours": self.ours, "unsynced": self.ours_unsynced, "pyftpdlib": peers.pyftpdlib,
            "vsftpd hashed": lambda: peers.vsftpd(True), "vsftpd": lambda: peers.vsftpd(False)}, work, "uploads/s")
        name = "FTP, 14 clients, 50 KB, a session per file"
        ours = found["ours"]
        self.tell(name + ", against pyftpdlib", ours, "uploads/s", found["pyftpdlib"], "at least 1.0 x",
                  ours >= found["pyftpdlib"])
        self.tell(name + ", against vsftpd hashed", ours, "uploads/s", found["vsftpd hashed"], "at least 5.0 x",
                  ours >= 5 * found["vsftpd hashed"])
        self.tell(name + ", against vsftpd", ours, "uploads/s", found["vsftpd"])
        self.tell(name + ", without sync, against pyftpdlib", found["unsynced"], "uploads/s", found["pyftpdlib"])

    def ftp_one_session(self):
        def work(*who):
            return ftp_load.load(*who, clients=14, files=100, size=50_000, per_file=False)
        found = self.interleaved({"ours": self.ours, "unsynced": self.ours_unsynced,
                                  "vsftpd": lambda: peers.vsftpd(False)}, work, "uploads/s")
        name = "FTP, 14 clients, 50 KB, one session each"
        self.tell(name + ", without sync, against vsftpd", found["unsynced"], "uploads/s", found["vsftpd"],
                  "at least 1.0 x", found["unsynced"] >= found["vsftpd"])
        self.tell(name + ", with sync, against vsftpd", found["ours"], "uploads/s", found["vsftpd"])

    def ftp_large(self):
        size = 1 << 30

        def work(*who):
            return ftp_load.load(*who, clients=1, files=1, size=size, per_file=False)
        raw, hashing, ours, peer = [], [], [], []
        for _ in range(self.rounds):
            raw.append(raw_write(size))
            hashing.append(sha256_rate())
            ours.append(self.interleaved_once(self.ours, work))
            peer.append(self.interleaved_once(lambda: peers.vsftpd(False), work))
        figures = {name: statistics.median(values) for name, values in
                   dict(raw=raw, sha=hashing, ours=ours, vsftpd=peer).items()}
        slowest = min(figures["raw"], figures["sha"], figures["vsftpd"])
        self.tell("FTP, 1 GiB, against the slowest of write+fsync, SHA-256, vsftpd", figures["ours"], "MB/s", slowest,
                  "at least 0.9 x", figures["ours"] >= 0.9 * slowest)
        for name, title in (("raw", "  raw write and fsync"), ("sha", "  SHA-256 on one core"), ("vsftpd", "  vsftpd")):
            self.tell(title, figures[name], "MB/s")

    @staticmethod
    def interleaved_once(server, work):
        with server() as who:
            return work(*who)["MB/s"]

    def program(self, name, *arguments):
        """A benchmark in C++ that prints the same lines itself."""
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
        subprocess.run([str(self.build / "tests/bench" / name), *arguments, *(["--json"] if self.as_json else [])],
                       env=environment, check=False)

    def catalog(self):
        self.program("bench_catalog")

    def archive(self):
        with peers.folder() as folder:
            self.program("bench_archive", str(folder))

    def timeline(self):
        self.program("bench_timeline")

    def window(self):
        self.program("bench_window")

    def media(self):
        self.program("bench_media")

    def player(self):
        self.program("bench_player")

    def latency(self):
        self.program("bench_latency", "--program", peers.GATEHOUSE[0])

    def rebuild(self):
        self.program("bench_rebuild")

    def idle(self):
        with peers.folder() as data:
            program = peers.GATEHOUSE[0]
            port = peers.free_port()
            with peers.running([program, "--headless", "--data", str(data), "--bind", "127.0.0.1", "--ftp-port",
                                str(port)], port) as engine:
                for number in range(14):
                    subprocess.run([program, "camera", "add", "camera %d" % number, "--data", str(data)], check=True,
                                   stdout=subprocess.DEVNULL)
                environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
                window = subprocess.Popen([program, "--hidden", "--data", str(data)], env=environment,
                                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                try:
                    time.sleep(20)
                    before = cpu_seconds(engine.pid) + cpu_seconds(window.pid)
                    time.sleep(60)
                    spent = cpu_seconds(engine.pid) + cpu_seconds(window.pid) - before
                    engine_mb, window_mb = resident(engine.pid), resident(window.pid)
                finally:
                    window.terminate()
                    window.wait()
        self.tell("Idle, 14 cameras: engine", engine_mb, "MB", goal="under 60", met=engine_mb < 60)
        self.tell("Idle, 14 cameras: window", window_mb, "MB", goal="under 120", met=window_mb < 120)
        self.tell("Idle, 14 cameras: both", spent / 60 * 100, "% CPU", goal="under 0.5", met=spent / 60 < 0.005)


def raw_write(size):
    """MB/s of writing and syncing, in the folder where the servers write."""
    with peers.folder() as folder, open(folder / "raw", "wb") as file:
        block = os.urandom(1 << 20)
        begin = time.monotonic()
        for _ in range(size >> 20):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
        return size / (time.monotonic() - begin) / 1e6


def sha256_rate():
    block = os.urandom(1 << 20)
    hasher = hashlib.sha256()
    begin = time.monotonic()
    for _ in range(512):
        hasher.update(block)
    return 512 * len(block) / (time.monotonic() - begin) / 1e6


def cpu_seconds(pid):
    fields = pathlib.Path("/proc/%d/stat" % pid).read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid):
    for line in pathlib.Path("/proc/%d/status" % pid).read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


BENCHMARKS = ["ftp_session_per_file", "ftp_one_session", "ftp_large", "latency", "catalog", "archive", "media",
              "player", "timeline", "window", "rebuild", "idle"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--build", required=True, help="folder of the release build")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    if options.list:
        print("\n".join(BENCHMARKS))
        return 0
    unknown = [name for name in options.names if name not in BENCHMARKS]
    if unknown:
        parser.error("there is no benchmark %s; there are %s" % (", ".join(unknown), ", ".join(BENCHMARKS)))
    bench = Bench(options.build, options.rounds, options.json)
    for name in options.names or BENCHMARKS:
        getattr(bench, name)()
    return 0


if __name__ == "__main__":
    sys.exit(main())
