"""`manage.py` whose worker never compares its sockets with the database by itself: what closes one
is the order to do so, and nothing else. The product has no such switch."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatproject.settings")
    from realtime import watch

    watch.LOGINS_SECONDS = 3_600
    execute_from_command_line(["manage.py", *sys.argv[1:]])
