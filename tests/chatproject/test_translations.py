"""Every text of the pages is there in Korean. (The browser code's texts: frontend/tests.)"""

import re
import shutil
import subprocess
import sys

import polib
import pytest

from tests.servers import PROJECT

# Other programs write them meanwhile.
COMPILED = shutil.ignore_patterns("__pycache__")
PLACE = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")
SOURCES = [
    "manage.py",
    "pyproject.toml",  # the version
    "templates",
    "locale",
    *(app.parent.name for app in PROJECT.glob("*/apps.py")),
]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """What `make messages` would write, made in a copy."""
    target = tmp_path_factory.mktemp("project")
    for name in SOURCES:
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=COMPILED)
        else:
            shutil.copy(source, target / name)
    make = [sys.executable, "manage.py", "makemessages", "--locale", "ko", "--no-location"]
    subprocess.run(make, cwd=target, check=True, capture_output=True)
    return polib.pofile(str(target / "locale/ko/LC_MESSAGES/django.po"))


def test_every_text_is_there_in_korean(catalogue: polib.POFile) -> None:
    assert len(catalogue) > 50
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_no_translation_is_kept_that_nothing_asks_for(catalogue: polib.POFile) -> None:
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


def test_every_place_for_a_value_is_left_in(catalogue: polib.POFile) -> None:
    for entry in catalogue.translated_entries():
        korean = [entry.msgstr] if entry.msgstr else list(entry.msgstr_plural.values())
        for text in korean:
            expected = entry.msgid_plural or entry.msgid
            assert sorted(PLACE.findall(text)) == sorted(PLACE.findall(expected)), text
