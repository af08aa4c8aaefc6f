"""Imported first, goes on with Debian's own Python where there is one: its python3-jinja2 is the judge of templates, and
another Python in front of it in PATH may have another Jinja2, or none."""
import os
import sys

PYTHON = "/usr/bin/python3"
if sys.executable != PYTHON and os.access(PYTHON, os.X_OK):
    os.execv(PYTHON, [PYTHON, *sys.argv])
