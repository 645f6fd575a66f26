"""Packages from the Python index, in folders of their own below the build folder."""

import pathlib
import subprocess
import sys
import venv

FOLDER = ".build/check-providers"


class Missing(Exception):
    """Why a package cannot be used here."""


def python(root, name):
    """The Python of the environment `name`, made when it is not there yet."""
    folder = pathlib.Path(root) / FOLDER / name
    program = folder / "bin/python"
    if not program.exists():
        try:
            venv.create(folder, with_pip=True, clear=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Missing(f"no environment for packages can be made with {sys.executable}: {error}") from error
    return program


def install(root, name, packages):
    """Installs what is not installed; returns the environment's Python."""
    program = python(root, name)
    if all(has(program, package) for package in packages):
        return program
    command = [program, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        lines = [line for line in result.stderr.splitlines() if line.strip()]
        raise Missing(f"pip could not install {' '.join(packages)}: {lines[-1] if lines else result.returncode}")
    return program


def has(program, package):
    code = "import importlib.metadata, sys; importlib.metadata.version(sys.argv[1])"
    result = subprocess.run([program, "-c", code, package.split("[")[0]], capture_output=True)
    return result.returncode == 0


def version(program, package):
    code = "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))"
    result = subprocess.run([program, "-c", code, package.split("[")[0]], capture_output=True, text=True)
    return result.stdout.strip() or "unknown"
