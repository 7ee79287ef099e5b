"""Write the locks: every dependency pinned with its hashes, no index addresses in the files.

``build.txt``: what makes the rest (uv, the build backend). ``run.txt``: what the site needs.
``dev.txt``: the same versions, and what tests need. ``peers.txt``: what benchmarks measure beside ours.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).parent / "uv"
COMPILE = [
    str(UV), "pip", "compile", "--quiet", "--universal", "--generate-hashes",
    "--no-emit-index-url", "--no-emit-find-links", "--no-header", *sys.argv[1:],
]  # fmt: skip
PYTHON = ["--python-version", "3.11"]
BUILD = "uv\nhatchling\neditables\n"


def main() -> None:
    run = ["--extra", "postgres", "pyproject.toml", "-o", "requirements/run.txt"]
    dev = ["--extra", "postgres", "--group", "dev", "-c", "requirements/run.txt", "pyproject.toml"]
    peers = [
        "--extra",
        "postgres",
        "--group",
        "peers",
        "-c",
        "requirements/run.txt",
        "pyproject.toml",
    ]
    build = ["-c", "requirements/dev.txt", "-", "-o", "requirements/build.txt"]
    subprocess.run([*COMPILE, *PYTHON, *run], cwd=ROOT, check=True)
    subprocess.run([*COMPILE, *PYTHON, *dev, "-o", "requirements/dev.txt"], cwd=ROOT, check=True)
    subprocess.run(
        [*COMPILE, *PYTHON, *peers, "-o", "requirements/peers.txt"], cwd=ROOT, check=True
    )
    subprocess.run([*COMPILE, *PYTHON, *build], cwd=ROOT, check=True, input=BUILD, text=True)


if __name__ == "__main__":
    main()
