"""Files are read in several threads at once, from the first one on."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys, threading
sys.setswitchinterval(1e-6)
from assess.store.yaml.reading.decode import decode_yaml
TEXT = '''
format: assess/answers/1
checklist: {id: a, version: "1"}
scope: {organization: b}
round: "2026"
answers:
  A-1: {status: met, remediation: {action: x}, review: {state: accepted}}
'''
barrier = threading.Barrier(4)
def run():
    barrier.wait()
    assert not decode_yaml(TEXT, "sheet", "x", "zh").problems
threads = [threading.Thread(target=run) for _ in range(4)]
[one.start() for one in threads]
[one.join() for one in threads]
"""


def test_the_first_files_may_be_read_at_once() -> None:
    """Reading the first files in four threads does not end the process (it did every second time).

    A fresh process each time: the crash came only while types were learnt.
    """
    for _try in range(4):
        done = subprocess.run([sys.executable, "-c", SCRIPT], check=False, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()[-400:]
