"""compile_messages.py FILE.po FILE.mo: msgfmt for machines without gettext."""

import sys

import polib

source, target = sys.argv[1:]
polib.pofile(source, check_for_duplicates=True).save_as_mofile(target)
