"""What the tests written in Python share: the program under test, and TAP lines (tests/run says how they count)."""
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MODE = os.environ.get('MODE', 'release')
MOST_DETAILS = 60


def program():
    """The path of the program: $LINER, else that of the Makefile, compiled when it is not there."""
    path = os.path.abspath(os.environ.get('LINER') or os.path.join(ROOT, 'out', MODE, 'liner'))
    if not os.path.exists(path):
        made = subprocess.run(['make', '-s', 'MODE=' + MODE], cwd=ROOT, stdout=sys.stderr)
        if made.returncode or not os.path.exists(path):
            failed('the program compiles')
            sys.exit(1)
    return path


def passed(name):
    print('ok - ' + name, flush=True)


def failed(name, details=()):
    print('not ok - ' + name)
    details = list(details)
    for line in details[:MOST_DETAILS]:
        print('# ' + line)
    if len(details) > MOST_DETAILS:
        print('# ...')
    sys.stdout.flush()


def skipped(name, reason):
    print('ok - %s # SKIP %s' % (name, reason), flush=True)
