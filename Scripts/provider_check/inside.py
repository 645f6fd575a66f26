"""Runs the checks of one module with the Python that has its packages.

usage: python -m provider_check.inside MODULE FAKE-PROVIDER ROTA    (ROTA may be empty)
"""

import importlib
import sys

from . import rota_client
from .fake import Fake
from .report import Report


def main():
    module, Fake.program, rota_client.Rota.program = sys.argv[1:4]
    report = Report()
    report.run(module, importlib.import_module(f".{module}", __package__).CHECKS)
    # The last line is for the program that started this one.
    print(f"{report.passed} {len(report.failed)}")


if __name__ == "__main__":
    main()
