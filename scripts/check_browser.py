"""Find a Chromium for the journeys; install it as root on Debian; else say what to type.

Debian's ``chromium-headless-shell`` is the same Chromium without windows, a sixth quicker in the journeys; a
Debian without it has ``chromium``.
"""

import os
import shutil
import subprocess
import sys

NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
)  # fmt: skip
PACKAGES = ("chromium-headless-shell", "chromium")
TYPE = "apt-get update && apt-get install -y chromium"


def find() -> str | None:
    """The path of a browser: ``PENDAMPING_BROWSER``, or the system's Chromium or Chrome."""
    named = os.environ.get("PENDAMPING_BROWSER")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    """Install the first of ``PACKAGES`` that apt has, as root; ``CalledProcessError``: none of them."""
    print("No browser found; installing Chromium with apt-get …", flush=True)
    quiet = ["-o", "Dpkg::Use-Pty=0", "-qq"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", *quiet], check=True, env=environment)
    for package in PACKAGES:
        last = package == PACKAGES[-1]
        command = ["apt-get", "install", "-y", *quiet, package]
        if subprocess.run(command, check=last, env=environment).returncode == 0:
            return


def main() -> int:
    if find():
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        try:
            install()
        except subprocess.CalledProcessError as error:
            print(f"{' '.join(error.cmd)}: exit status {error.returncode}", file=sys.stderr)
    if find():
        return 0
    print(
        "The journeys need a browser, and none was found. Type (as root):\n"
        f"  {TYPE}\n"
        "or name one that you have: PENDAMPING_BROWSER=/path/to/chrome make test",
        file=sys.stderr,
    )
    return 2


if __name__ == "__main__":
    sys.exit(main())
