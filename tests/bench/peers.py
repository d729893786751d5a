"""The FTP servers that Gatehouse is measured against, and Gatehouse itself, each as a context manager that
yields a Server. Everything lies in a temporary folder and ends with the context."""
import atexit
import collections
import contextlib
import itertools
import json
import os
import pathlib
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time


# stored() says how many files and how many bytes in all the server has.
Server = collections.namedtuple("Server", "port user password stored")


def files_in(path):
    found = [entry.stat().st_size for entry in os.scandir(path) if entry.is_file()]
    return len(found), sum(found)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("%s ended with %s" % (process.args[0], process.returncode))
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError("%s does not listen" % process.args[0])


@contextlib.contextmanager
def running(arguments, port, **options):
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    try:
        wait_for(port, process)
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()


@contextlib.contextmanager
def folder():
    """Many small files stay until the end: for seconds after a deletion an ext4 without a journal steps over each
    inode that became free, and the server whose turn comes next would pay for what the last one left."""
    path = pathlib.Path(tempfile.mkdtemp(prefix="gatehouse-bench-", dir=os.environ.get("GATEHOUSE_BENCH_DIR")))
    try:
        yield path
    finally:
        few = len(list(itertools.islice(path.rglob("*"), MANY_FILES))) < MANY_FILES
        (shutil.rmtree if few else at_the_end)(path, ignore_errors=True)


MANY_FILES = 200


def at_the_end(path, **options):
    atexit.register(shutil.rmtree, path, **options)


@contextlib.contextmanager
def gatehouse(program):
    """The program itself (or the benchmark's engine that does not sync): hashed password, every file committed."""
    with folder() as data:
        port = free_port()
        with running([program, "--headless", "--data", str(data), "--bind", "127.0.0.1", "--ftp-port", str(port)],
                     port):
            subprocess.run([GATEHOUSE[0], "camera", "add", "cam", "--user", "cam", "--password-stdin", "--data",
                            str(data)], input=b"secret\n", check=True, stdout=subprocess.DEVNULL)

            def stored():
                said = subprocess.run([GATEHOUSE[0], "status", "--json", "--data", str(data)], check=True,
                                      capture_output=True).stdout
                status = json.loads(said)
                return status["items"], status["bytes"]

            yield Server(port, "cam", "secret", stored)


GATEHOUSE = []  # path of the program whose subcommands are used; set by the runner


@contextlib.contextmanager
def pyftpdlib():
    script = ("import sys\n"
              "from pyftpdlib.authorizers import DummyAuthorizer\n"
              "from pyftpdlib.handlers import FTPHandler\n"
              "from pyftpdlib.servers import FTPServer\n"
              "authorizer = DummyAuthorizer()\n"
              "authorizer.add_user('cam', 'secret', sys.argv[1], perm='elradfmwMT')\n"
              "FTPHandler.authorizer = authorizer\n"
              "server = FTPServer(('127.0.0.1', int(sys.argv[2])), FTPHandler)\n"
              "server.max_cons = 0\n"
              "server.serve_forever()\n")
    with folder() as data:
        port = free_port()
        # The distribution's Python, which has the distribution's package.
        with running(["/usr/bin/python3", "-c", script, str(data), str(port)], port):
            yield Server(port, "cam", "secret", lambda: files_in(data))


@contextlib.contextmanager
def promising():
    """The same promise as Gatehouse's in a page of Python: see promising_server.py."""
    script = pathlib.Path(__file__).with_name("promising_server.py")
    with folder() as data:
        port = free_port()
        with running(["/usr/bin/python3", str(script), str(data), str(port)], port):
            yield Server(port, "cam", "secret", lambda: files_in(data / "archive"))


@contextlib.contextmanager
def vsftpd(hashed):
    """hashed: a system user whose password is checked by PAM; otherwise anonymous, which hashes nothing."""
    if os.geteuid() != 0:
        raise RuntimeError("vsftpd needs root")
    os.makedirs("/var/run/vsftpd/empty", exist_ok=True)
    user, password = "gatehouse-bench", secrets.token_hex(8)
    with folder() as data:
        port = free_port()
        os.chmod(data, 0o755)
        subprocess.run(["useradd", "--home-dir", str(data), "--no-create-home", "--shell", "/bin/sh", user], check=True)
        try:
            subprocess.run(["chpasswd"], input=("%s:%s" % (user, password)).encode(), check=True)
            upload = data / "in"
            upload.mkdir()
            shutil.chown(upload, user)
            upload.chmod(0o777)
            config = data.parent / (data.name + ".conf")
            config.write_text("\n".join([
                "listen=YES", "listen_port=%d" % port, "listen_address=127.0.0.1", "background=NO", "write_enable=YES",
                "seccomp_sandbox=NO", "max_clients=0", "max_per_ip=0", "xferlog_enable=NO",
                "local_enable=%s" % ("YES" if hashed else "NO"), "anonymous_enable=%s" % ("NO" if hashed else "YES"),
                "pam_service_name=vsftpd", "local_root=%s" % upload, "anon_root=%s" % data, "anon_upload_enable=YES",
                "anon_mkdir_write_enable=YES", "anon_umask=022", "no_anon_password=YES", "ftp_username=%s" % user, ""]))
            try:
                with running(["vsftpd", str(config)], port):
                    name, word = (user, password) if hashed else ("anonymous", "x@x")
                    yield Server(port, name, word, lambda: files_in(upload))
            finally:
                config.unlink()
        finally:
            subprocess.run(["userdel", user], check=False, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit("part of installers/bench")
