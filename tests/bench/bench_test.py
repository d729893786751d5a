"""What the benchmarks refuse: wrong arguments, figures that are none, uploads that did not arrive.

    bench_test.py BENCHMARK…       the programs to try
"""
import collections
import os
import pathlib
import subprocess
import sys
import unittest

import ftp_load
import run
import small_jpeg

PROGRAMS = []
ROOT = pathlib.Path(__file__).resolve().parents[2]
FIGURE = dict(name="a", ours=1.0, peer=2.0, unit="ms", ratio=0.5, goal="under 2", met=True)


class Pictures(unittest.TestCase):
    def test_have_the_size_that_was_asked_for(self):
        for size in list(range(500, 520)) + [1000, 50_000]:
            picture = small_jpeg.picture(size)
            self.assertEqual(len(picture), size)
            self.assertTrue(picture.startswith(b"\xff\xd8\xff\xe0") and picture.endswith(b"\xff\xd9"))

    def test_are_all_different(self):
        picture = small_jpeg.picture(2000)
        many = {small_jpeg.unique(picture, "%08d-%08d" % (camera, number)) for camera in range(14)
                for number in range(60)}
        self.assertEqual(len(many), 14 * 60)
        self.assertEqual({len(one) for one in many}, {2000})


class Figures(unittest.TestCase):
    def test_are_complete(self):
        run.checked(FIGURE)
        for field in FIGURE:
            with self.assertRaises(RuntimeError):
                run.checked({name: value for name, value in FIGURE.items() if name != field})

    def test_are_measurements(self):
        for change in (dict(ours=float("inf")), dict(ours=float("nan")), dict(ours=None), dict(peer=float("inf")),
                       dict(goal=None), dict(met=None), dict(more=1)):
            with self.assertRaises(RuntimeError):
                run.checked({**FIGURE, **change})


class Load(unittest.TestCase):
    def test_fails_where_nothing_listens(self):
        Server = collections.namedtuple("Server", "port user password stored")
        with self.assertRaises(RuntimeError):
            ftp_load.load(Server(1, "cam", "secret", lambda: (0, 0)), clients=1, files=1, size=1000)


NO_FOLDER = ["--folder", "/nowhere"]
WRONG = {  # what each program refuses before it works, in addition to what all refuse
    "bench_archive": [NO_FOLDER, ["--callers", "0"], ["--files", "many"]],
    "bench_catalog": [NO_FOLDER, ["--items", "1"]],
    "bench_engine_unsynced": [["--ftp-port", "many"], []],
    "bench_latency": [["--program", "/nowhere"], ["--seconds", "0"], []],
    "bench_player": [["/nowhere.mp4"]],
    "bench_rebuild": [NO_FOLDER, ["--files", "0"]],
    "bench_timeline": [NO_FOLDER, ["--items", "1"]],
    "bench_window": [NO_FOLDER, ["--items", "1"], ["--rounds", "0"]],
}


class Programs(unittest.TestCase):
    def test_refuse_wrong_arguments(self):
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
        for program in PROGRAMS:
            for arguments in (["--nonsense"], ["--json", "--nonsense"], ["stray", "words"],
                              *WRONG.get(os.path.basename(program), [])):
                with self.subTest(program=program, arguments=arguments):
                    done = subprocess.run([program, *arguments], env=environment, capture_output=True, timeout=60,
                                          check=False)
                    self.assertEqual(done.returncode, 2)
                    self.assertEqual(done.stdout, b"")
                    self.assertNotEqual(done.stderr, b"")

    def test_are_all_tried(self):
        self.assertLessEqual(set(WRONG), {os.path.basename(program) for program in PROGRAMS})


class Arguments(unittest.TestCase):
    def check(self, *command):
        return subprocess.run(command, capture_output=True, timeout=60, check=False)

    def test_are_checked_before_anything_is_built(self):
        for wrong in (["nonsense"], ["--nonsense"], ["--rounds", "0"], ["--rounds"], ["--build", "/nowhere"]):
            with self.subTest(arguments=wrong):
                done = self.check("sh", str(ROOT / "installers/bench"), *wrong)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(done.stdout, b"")
                self.assertIn(b"error", done.stderr)

    def test_list_the_benchmarks(self):
        done = self.check("sh", str(ROOT / "installers/bench"), "--list")
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stdout.decode().split(), run.BENCHMARKS)

    def test_that_are_right_pass(self):
        done = self.check(sys.executable, run.__file__, "--check", "--json", "--rounds", "2", "archive")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""))


if __name__ == "__main__":
    PROGRAMS[:] = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
