"""Say what to type where Python cannot set the project up. Runs on any Python 3."""

import subprocess
import sys

NEEDED = (3, 11)


def problem():
    """What is missing, with the line to type; empty where nothing is."""
    if sys.version_info < NEEDED:
        return (  # no f-string: a Python too old for those must be able to say this
            "Pendamping needs Python %d.%d or newer; this is %d.%d (%s).\n"
            "Install a newer one and name it: make PYTHON=python3.12 run"
            % (NEEDED + tuple(sys.version_info[:2]) + (sys.executable,))
        )
    try:
        import venv  # noqa: F401 -- only whether it is there
    except ImportError:
        return "Python's venv module is missing. On Debian or Ubuntu, type:\n  apt-get install -y python3-venv"
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "--version"], capture_output=True, check=False
    )
    if asked.returncode != 0:
        return "pip is missing. On Debian or Ubuntu, type:\n  apt-get install -y python3-pip"
    return ""


if __name__ == "__main__":
    found = problem()
    if found:
        sys.exit(found)
