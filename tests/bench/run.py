#!/usr/bin/env python3
"""Runs the benchmarks interleaved with their peers and prints a table, or with --json one line each, always with
all of {name, ours, peer, unit, ratio, goal, met}. Not a test: a busy machine misses a goal, and that is no failure.
A benchmark whose work did not happen is one: exit code 1.

    run.py --build DIR [--json] [--rounds N] [NAME…]       see --list
    run.py --check [--json] [--rounds N] [NAME…]           only whether these arguments are right
"""
import argparse
import hashlib
import json
import math
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
        self.print(dict(name=name, ours=round(ours, 3), peer=peer and round(peer, 3), unit=unit,
                        ratio=round(ours / peer, 3) if peer else None, goal=goal, met=met))

    def print(self, figure):
        checked(figure)
        if self.as_json:
            print(json.dumps(figure), flush=True)
            return
        peer, ratio, met = figure["peer"], figure["ratio"], figure["met"]
        print("%-76s %10.1f %-9s %-18s %-12s %s" % (
            figure["name"], figure["ours"], figure["unit"], "" if peer is None else "peer %10.1f" % peer,
            "" if ratio is None else "ratio %.2f" % ratio,
            "" if met is None else "%s (%s)" % ("met" if met else "MISSED", figure["goal"])), flush=True)

    def interleaved(self, servers, work, figure):
        """The median of each server's rounds, one round of each in turn."""
        found = {name: [] for name in servers}
        for _ in range(self.rounds):
            for name, server in servers.items():
                with server() as running:
                    ftp_load.load(running, clients=14, files=2, size=1000)  # warm
                    found[name].append(work(running)[figure])
        return {name: statistics.median(values) for name, values in found.items()}

    def ours(self):
        return peers.gatehouse(str(self.build / "app/gatehouse"))

    def ours_unsynced(self):
        return peers.gatehouse(str(self.build / "tests/bench/bench_engine_unsynced"))

    # --- the benchmarks

    def ftp_session_per_file(self):
        def work(server):
            return ftp_load.load(server, clients=14, files=60, size=50_000, per_file=True)
        self.uploads("FTP, 14 clients, 50 KB, a session per file", work)

    def ftp_one_session(self):
        def work(server):
            return ftp_load.load(server, clients=14, files=100, size=50_000, per_file=False)
        self.uploads("FTP, 14 clients, 50 KB, one session each", work)

    def uploads(self, name, work):
        found = self.interleaved({
            "ours": self.ours, "promising": peers.promising, "unsynced": self.ours_unsynced,
            "pyftpdlib": peers.pyftpdlib, "vsftpd hashed": lambda: peers.vsftpd(True),
            "vsftpd": lambda: peers.vsftpd(False)}, work, "uploads/s")
        ours, unsynced = found["ours"], found["unsynced"]
        self.tell(name + ", same promise", ours, "uploads/s", found["promising"], "at least 1.5 x",
                  ours >= 1.5 * found["promising"])
        # These promise nothing; what of the difference is due to the promise shows the engine that does not sync.
        for peer in ("pyftpdlib", "vsftpd hashed", "vsftpd"):
            self.tell(name + ", against " + peer, ours, "uploads/s", found[peer])
            self.tell(name + ", without sync, against " + peer, unsynced, "uploads/s", found[peer])

    def ftp_large(self):
        size = 1 << 30

        def work(server):
            return ftp_load.load(server, clients=1, files=1, size=size, per_file=False, is_long=True)
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
        with server() as running:
            return work(running)["MB/s"]

    def program(self, name, *arguments):
        """A benchmark in C++: it says its figures as JSON lines. It ends with 0, with 1 when it missed a goal, and
        with anything else when it could not do its work."""
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
        said = 0
        with subprocess.Popen([str(self.build / "tests/bench" / name), *arguments, "--json"], env=environment,
                              stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout:
                self.print(json.loads(line))
                said += 1
        if process.returncode not in (0, 1) or said == 0:
            raise RuntimeError("%s ended with %d after %d figures" % (name, process.returncode, said))

    def catalog(self):
        self.program("bench_catalog")

    def archive(self):
        with peers.folder() as folder:
            self.program("bench_archive", "--folder", str(folder))

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
                    if window.poll() is not None:
                        raise RuntimeError("the window ended with %d" % window.returncode)
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


FIELDS = ["name", "ours", "peer", "unit", "ratio", "goal", "met"]


def checked(figure):
    """Raises where a figure is no measurement."""
    if sorted(figure) != sorted(FIELDS):
        raise RuntimeError("a figure has %s, not %s" % (", ".join(figure), ", ".join(FIELDS)))
    for field in ("ours", "peer", "ratio"):
        if figure[field] is not None and not math.isfinite(figure[field]):
            raise RuntimeError("%s: %s is %s" % (figure["name"], field, figure[field]))
    if figure["ours"] is None or (figure["goal"] is None) != (figure["met"] is None):
        raise RuntimeError("%s: a figure without a value, or a goal without an answer" % figure["name"])


def commit(build):
    """What is measured: the commit, and whether there are changes on top of it."""
    root = pathlib.Path(__file__).resolve().parent
    said = subprocess.run(["git", "-C", str(root), "describe", "--always", "--abbrev=12", "--dirty", "--exclude=*"],
                          capture_output=True, text=True, check=False)
    built = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime((build / "app/gatehouse").stat().st_mtime))
    return "commit %s, built %s" % (said.stdout.strip() if said.returncode == 0 else "unknown", built)


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


def at_least_one(text):
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("needs a number of at least 1, not '%s'" % text)
    return int(text)


BENCHMARKS = ["ftp_session_per_file", "ftp_one_session", "ftp_large", "latency", "catalog", "archive", "media",
              "player", "timeline", "window", "rebuild", "idle"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
                                     allow_abbrev=False)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--build", help="folder of the release build")
    parser.add_argument("--check", action="store_true", help="check the arguments and end")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=at_least_one, default=3)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    if options.list:
        print("\n".join(BENCHMARKS))
        return 0
    unknown = [name for name in options.names if name not in BENCHMARKS]
    if unknown:
        parser.error("there is no benchmark %s; there are %s" % (", ".join(unknown), ", ".join(BENCHMARKS)))
    if options.check and options.build:
        parser.error("--build is chosen by installers/bench")
    if options.check:
        return 0
    if not options.build:
        parser.error("--build is needed")
    if not (pathlib.Path(options.build) / "app/gatehouse").exists():
        parser.error("there is no build in %s" % options.build)
    bench = Bench(options.build, options.rounds, options.json)
    # Not among the lines of --json, which are figures.
    print(commit(bench.build), file=sys.stderr if options.json else sys.stdout, flush=True)
    failed = []
    for name in options.names or BENCHMARKS:
        try:
            getattr(bench, name)()
        except Exception as error:  # noqa: BLE001: the others are still worth their time
            failed.append(name)
            print("%s FAILED: %s" % (name, error), file=sys.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
