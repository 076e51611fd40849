"""`manage.py` with a test-only door into its event loop: at SIGUSR1 the loop's thread sleeps for
the seconds in the file that STALL_FILE names. The product has no such hook."""

import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from django.core.management import execute_from_command_line


def stall(number: int, frame: FrameType | None) -> None:
    time.sleep(float(Path(os.environ["STALL_FILE"]).read_text()))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatproject.settings")
    signal.signal(signal.SIGUSR1, stall)
    execute_from_command_line(["manage.py", *sys.argv[1:]])
