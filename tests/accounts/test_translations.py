"""The Korean catalogue says everything that the sources say, and leaves nothing open."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.servers import PROJECT

CATALOGUE = Path("locale/ko/LC_MESSAGES/django.po")
# Other programs write them meanwhile.
COMPILED = shutil.ignore_patterns("__pycache__")
SOURCES = ["accounts", "audit", "chat", "chatproject", "integrations", "operations", "templates"]


def gettext(*command: str | Path, **options: Any) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def texts_of(catalogue: Path) -> set[str]:
    listing = gettext("msgattrib", "--no-wrap", "--no-obsolete", catalogue)
    return set(re.findall(r'^msgid ((?:".*"\n)+)', listing, re.M))


def test_nothing_is_untranslated_or_fuzzy() -> None:
    for kind in ("--untranslated", "--only-fuzzy"):
        assert gettext("msgattrib", "--no-obsolete", kind, PROJECT / CATALOGUE) == ""


def test_placeholders_match() -> None:
    gettext("msgfmt", "--check-format", "--output-file=/dev/null", PROJECT / CATALOGUE)


def test_every_text_of_the_sources_is_in_the_catalogue(tmp_path: Path) -> None:
    """`manage.py makemessages` over a copy finds nothing that is not there."""
    for name in SOURCES:
        if (PROJECT / name).exists():
            shutil.copytree(PROJECT / name, tmp_path / name, ignore=COMPILED)
    (tmp_path / "locale").mkdir()
    make = (sys.executable, "-m", "django", "makemessages", "--locale=ko", "--no-location")
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    gettext(*make, cwd=tmp_path, env=env)
    assert texts_of(tmp_path / CATALOGUE) - texts_of(PROJECT / CATALOGUE) == set()
