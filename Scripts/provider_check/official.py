"""Runs the checks of one official client; started with the Python that has the client installed.

usage: python -m provider_check.official MODULE FAKE-PROVIDER
"""

import importlib
import sys

from . import report
from .fake import Fake


def main():
    module, Fake.program = sys.argv[1:3]
    result = report.Report()
    result.run(module, importlib.import_module(f".{module}", __package__).CHECKS)
    # The last line is for the program that started this one.
    print(f"{result.passed} {len(result.failed)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
