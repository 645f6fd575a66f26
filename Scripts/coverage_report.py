"""Prints the share of lines that tests reach, from the JSON of llvm-cov. usage: coverage_report.py CODECOV_JSON"""

import collections
import json
import pathlib
import sys

sys.dont_write_bytecode = True
import package_layers  # noqa: E402


def lines_by_target(report, sources):
    """[covered, all] lines of each target below `sources`."""
    counts = collections.defaultdict(lambda: [0, 0])
    for file in report["data"][0]["files"]:
        path = pathlib.Path(file["filename"])
        if sources not in path.parents:
            continue
        count = counts[path.relative_to(sources).parts[0]]
        count[0] += file["summary"]["lines"]["covered"]
        count[1] += file["summary"]["lines"]["count"]
    return counts


def row(label, counts):
    covered, total = (sum(column) for column in zip(*counts)) if counts else (0, 0)
    return f"{label:24} {100 * covered / total:5.1f} %  {covered:6} of {total}" if total else f"{label:24}     -"


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    targets = package_layers.read(root)
    counts = lines_by_target(json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")), root / "Sources")
    for layer in package_layers.LAYERS:
        names = [target.name for target in targets.values() if target.layer == layer]
        print(row(layer, [counts[name] for name in names if name in counts]))
        for name in names:
            if name in counts:
                print(row("  " + name, [counts[name]]))
    # A target that no test imports is missing from the report, and would lift the figure unseen.
    compiled = {name for name in targets if any((root / "Sources" / name).rglob("*.swift"))}
    unseen = sorted(compiled - set(counts))
    if unseen:
        print("without any figure:", ", ".join(unseen))
    print(row("total", list(counts.values())))


main()
