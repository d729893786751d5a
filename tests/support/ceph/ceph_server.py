#!/usr/bin/python3
"""A real S3 server for tests: Ceph's RADOS gateway over one monitor and one storage daemon that keeps everything in
memory. No manager: nothing here needs one.

    ceph_server.py [parent]    needs Debian's radosgw, ceph-mon, ceph-osd, ceph-common and openssl

Prints one line of JSON when it serves, or with an error, then waits until its standard input is closed. Everything is
in a temporary folder, listens on 127.0.0.1 on ports that were free, and ends with this program, however it ends; this
program ends with its parent. What a killed run has left is removed at the next start.
"""
import ctypes
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid

PATIENCE = 120  # seconds for each part to come up, on a machine that is busy with other tests
BYTES = 2 << 30  # that the storage daemon says it has
TRIES = 5  # somebody else may take a port between its choice and its use
PORTS = range(20000, 32000)  # below those that the kernel gives to connections
FOLDER = "gatehouse-ceph-"

CONFIG = """
[global]
fsid = {fsid}
mon host = [v2:127.0.0.1:{mon2},v1:127.0.0.1:{mon1}]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
run dir = {folder}/run
pid file = {folder}/run/$name.pid
admin socket = {folder}/run/$name.asok
log file = {folder}/log/$name.log
log to stderr = false
crash dir = {folder}/log
keyring = {folder}/keyring
auth allow insecure global id reclaim = true
mon warn on insecure global id reclaim allowed = false
mon allow pool size one = true
mon max pg per osd = 4000
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
[mon]
mon data = {folder}/mon
mon osd full ratio = .99
mon osd backfillfull ratio = .98
mon osd nearfull ratio = .97
paxos propose interval = 0.01
paxos min wait = 0.01
mon tick interval = 1
[osd]
osd data = {folder}/osd
osd objectstore = memstore
memstore device bytes = {bytes}
osd max object name len = 2048
[client.admin]
rgw data = {folder}/run
rgw frontends = beast endpoint=127.0.0.1:{http} ssl_endpoint=127.0.0.1:{https} ssl_certificate={folder}/cert.pem ssl_private_key={folder}/key.pem
rgw dns name = localhost
rgw enable usage log = false
rgw thread pool size = 32
rgw verify ssl = false
rgw crypt require ssl = false
"""


def free_ports(count):
    ports = []
    for port in random.sample(PORTS, 200):
        with socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
        ports.append(port)
        if len(ports) == count:
            return ports
    raise RuntimeError("no free ports")


LIBC = ctypes.CDLL(None)


def die_with_parent(parent):
    PR_SET_PDEATHSIG = 1
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before
        os._exit(1)


def new_folder():
    return pathlib.Path(tempfile.mkdtemp(prefix="%s%d-" % (FOLDER, os.getpid())))


def sweep():
    """Removes the folders of programs that were killed."""
    for folder in pathlib.Path(tempfile.gettempdir()).glob(FOLDER + "*-*"):
        pid = folder.name[len(FOLDER):].split("-")[0]
        if pid.isdigit() and not os.path.exists("/proc/" + pid):
            shutil.rmtree(folder, ignore_errors=True)


class CephServer:
    def __init__(self, folder):
        self.pid = os.getpid()
        self.folder = folder
        self.daemons = []
        self.fsid = str(uuid.uuid4())
        for name in ("mon", "osd", "run", "log"):
            (folder / name).mkdir()
        self.mon2, self.mon1, self.http, self.https = free_ports(4)
        self.config = folder / "ceph.conf"
        self.config.write_text(CONFIG.format(folder=folder, fsid=self.fsid, mon2=self.mon2, mon1=self.mon1,
                                             http=self.http, https=self.https, bytes=BYTES))

    def die(self):
        die_with_parent(self.pid)

    def run(self, *command):
        done = subprocess.run(command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              env={**os.environ, "CEPH_CONF": str(self.config)}, stdin=subprocess.DEVNULL,
                              timeout=PATIENCE, preexec_fn=self.die)
        if done.returncode != 0:
            raise RuntimeError("%s: %s" % (" ".join(command), done.stderr.strip()))
        return done.stdout

    def daemon(self, *command):
        log = open(self.folder / "log" / (command[0] + ".out"), "wb")
        self.daemons.append(subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log,
                                             stderr=log, preexec_fn=self.die))

    def wait_for(self, what, is_ready):
        end = time.monotonic() + PATIENCE
        while not is_ready():
            if any(daemon.poll() is not None for daemon in self.daemons):
                raise RuntimeError("a daemon ended while waiting for " + what)
            if time.monotonic() > end:
                raise RuntimeError("waited in vain for " + what)
            time.sleep(0.05)

    def succeeds(self, *command):
        try:
            return self.run(*command)
        except (RuntimeError, subprocess.TimeoutExpired):
            return ""

    def serves(self):
        try:
            urllib.request.urlopen("http://127.0.0.1:%d/" % self.http, timeout=5).close()
            return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def start(self):
        config = ("-c", str(self.config))
        self.run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem",
                 "-days", "30", "-subj", "/CN=localhost",
                 "-addext", "subjectAltName=DNS:localhost,DNS:*.localhost,IP:127.0.0.1")
        self.run("ceph-authtool", "--create-keyring", "keyring", "--gen-key", "-n", "mon.", "--cap", "mon", "allow *")
        self.run("ceph-authtool", "keyring", "--gen-key", "-n", "client.admin", "--cap", "mon", "allow *", "--cap",
                 "osd", "allow *", "--cap", "mgr", "allow *")
        self.run("ceph-authtool", "keyring", "--gen-key", "-n", "osd.0", "--cap", "mon", "allow profile osd", "--cap",
                 "osd", "allow *")
        self.run("monmaptool", "--create", "--clobber", "--fsid", self.fsid, "--addv", "a",
                 "[v2:127.0.0.1:%d,v1:127.0.0.1:%d]" % (self.mon2, self.mon1), "monmap")
        self.run("ceph-mon", *config, "--mkfs", "-i", "a", "--monmap", "monmap", "--keyring", "keyring")
        self.daemon("ceph-mon", *config, "-i", "a", "-f")
        self.wait_for("the monitor", lambda: self.succeeds("ceph", *config, "-s"))
        osd = str(uuid.uuid4())
        self.run("ceph", *config, "osd", "new", osd)
        self.run("ceph-osd", *config, "-i", "0", "--mkfs", "--osd-uuid", osd)
        self.daemon("ceph-osd", *config, "-i", "0", "-f")
        self.wait_for("the storage daemon", lambda: "1 up" in self.succeeds("ceph", *config, "osd", "stat"))
        self.daemon("radosgw", *config, "-n", "client.admin", "-f")
        self.wait_for("the gateway", self.serves)
        users = []
        for name in ("owner", "guest"):
            user = {"user": name, "accessKey": name + "key", "secretKey": uuid.uuid4().hex}
            self.run("radosgw-admin", *config, "user", "create", "--uid", name, "--display-name", name,
                     "--access-key", user["accessKey"], "--secret-key", user["secretKey"])
            users.append(user)
        return {"http": self.http, "https": self.https, "caFile": str(self.folder / "cert.pem"), "users": users}

    def stop(self):
        for daemon in reversed(self.daemons):
            daemon.kill()
            daemon.wait()


def serve():
    """A server that runs, and what it says."""
    for left in reversed(range(TRIES)):
        folder = new_folder()
        server = CephServer(folder)
        try:
            return server, server.start()
        except Exception:
            server.stop()
            shutil.rmtree(folder, ignore_errors=True)
            if left == 0:
                raise
        except BaseException:  # it is to end
            server.stop()
            shutil.rmtree(folder, ignore_errors=True)
            raise


def main():
    die_with_parent(int(sys.argv[1]) if len(sys.argv) > 1 else os.getppid())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sweep()
    try:
        server, said = serve()
    except Exception as error:
        print(json.dumps({"error": "%s: %s" % (type(error).__name__, error)}), flush=True)
        sys.exit(1)
    try:
        print(json.dumps(said), flush=True)
        sys.stdin.read()
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
