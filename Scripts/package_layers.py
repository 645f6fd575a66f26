"""The layers that Package.swift declares: which target stands where, and what it may import."""

import dataclasses
import pathlib
import re

LAYERS = ["language", "decisions", "adapters", "frontEnds", "program"]


@dataclasses.dataclass
class Target:
    name: str
    layer: str
    line: int
    modules: set  # project targets and outside modules that it declares
    outside: set  # of these, the outside ones


def read(root):
    """The targets of ROOT/Package.swift by name, in the order of the file."""
    text = (pathlib.Path(root) / "Package.swift").read_text(encoding="utf-8")
    text = re.sub(r"(?m)(^|\s)//.*$", lambda comment: " " * len(comment.group()), text)
    products = dict(re.findall(r'let (\w+) = Target\.Dependency\.product\(name: "(\w+)"', text))
    targets = {}
    for layer in LAYERS:
        start = re.search(rf"let {layer}\s*:\s*\[Target\]\s*=\s*\[", text)
        if start is None:
            raise ValueError(f"Package.swift has no layer '{layer}'")
        for target in targets_in(text, start.end(), closing(text, start.end(), "[]"), layer, products):
            targets[target.name] = target
    return targets


def targets_in(text, start, end, layer, products):
    for call in re.finditer(r"\.(?:target|executableTarget|systemLibrary|macro|plugin)\(", text[start:end]):
        begin = start + call.end()
        body = text[begin : closing(text, begin, "()")]
        name = re.search(r'name: "(\w+)"', body).group(1)
        named, outside = dependencies(body, products)
        yield Target(name, layer, text.count("\n", 0, begin) + 1, named | outside, outside)


def dependencies(body, products):
    listed = re.search(r"\bdependencies:\s*\[", body)
    if listed is None:
        return set(), set()
    items = body[listed.end() : closing(body, listed.end(), "[]")]
    inline = set(re.findall(r'\.product\(name: "(\w+)"', items))
    items = re.sub(r"\.product\([^)]*\)", "", items)
    named = set(re.findall(r'"(\w+)"', items))
    variables = re.findall(r"\b([a-z]\w*)\b", re.sub(r'"\w+"', "", items))
    return named, inline | {products[variable] for variable in variables if variable in products}


def closing(text, start, brackets):
    """The index of the bracket that closes what was opened before `start`."""
    depth = 1
    for index in range(start, len(text)):
        if text[index] == brackets[0]:
            depth += 1
        elif text[index] == brackets[1]:
            depth -= 1
            if depth == 0:
                return index
    raise ValueError("Package.swift: a bracket is not closed")
