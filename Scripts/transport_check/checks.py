"""What must hold, asked of the program."""

import base64
import pathlib
import socket

from provider_check.report import Failure, expect
from provider_check.rota_client import KEY, rota
from .serving import proxy, server

LOGIN = "me:pass-canary-0815"
CODED = base64.b64encode(LOGIN.encode()).decode()
PROVIDER_FAILED = 5
"""The program's exit code."""


def settings(program, **values):
    for key, value in values.items():
        result = program.run("config", "set", key, value)
        expect(f"config set {key}: {result.stderr}", result.returncode, 0)


def no_secrets(program, *results):
    """Neither what the program printed nor what it wrote has the key or the login in it."""
    texts = [result.stdout + result.stderr for result in results]
    home = pathlib.Path(program.environment["HOME"])
    texts += [path.read_bytes().decode(errors="replace") for path in home.rglob("*") if path.is_file()]
    for secret in [KEY, LOGIN, LOGIN.split(":")[1], CODED]:
        if any(secret in text for text in texts):
            raise Failure(f"{secret} was shown")


def lists(program):
    result = program.run("models")
    no_secrets(program, result)
    if result.returncode != 0 or "  M  (configured)" not in result.stdout:
        raise Failure(f"exit code {result.returncode}: {result.stdout} {result.stderr}")


def refuses(program, words):
    result = program.run("models")
    no_secrets(program, result)
    expect("exit code", result.returncode, PROVIDER_FAILED)
    if words not in result.stderr:
        raise Failure(f"{words!r} is not in {result.stderr!r}")


def asks_thrice(program, base):
    """One process that asks three models of the same server, one after the other."""
    settings(program, model=f"openai:M@{base}", model_fast=f"openai:F@{base}", model_fallback=f"openai:B@{base}")
    result = program.run("doctor")
    no_secrets(program, result)
    answered = [line for line in result.stdout.splitlines() if "answers in" in line]
    expect(f"answers in {result.stdout}{result.stderr}", len(answered), 3)


def seen(running, version, requests, connections):
    expect("versions", {asked["version"] for asked in running.asked}, {version})
    expect("requests", len(running.asked), requests)
    expect("connections", len({asked["connection"] for asked in running.asked}), connections)
    expect("keys", {asked["key"] for asked in running.asked}, {f"Bearer {KEY}"})
    expect("logins at the server", {asked["login"] for asked in running.asked}, {None})


# MARK: Connections


def plain_connection_is_used_again():
    with server("plain") as running, rota() as program:
        asks_thrice(program, f"http://127.0.0.1:{running.port}/v1")
    seen(running, "1.1", requests=3, connections=1)


def encrypted_connection_is_used_again():
    with server("tls") as running, rota() as program:
        settings(program, model_ca_file=running.path("ca.pem"))
        asks_thrice(program, f"https://localhost:{running.port}/v1")
    seen(running, "2", requests=3, connections=1)


# MARK: Trust


def refused_certificate(host, authorities, words):
    with server("tls") as running, rota() as program:
        settings(program, model=f"openai:M@https://{host}:{running.port}/v1")
        if authorities:
            settings(program, model_ca_file=running.path(authorities))
        refuses(program, words.format(place=f"{host}:{running.port}"))
    expect("requests", running.asked, [])


STRANGER = "the certificate of {place} is vouched for by nobody whom this machine trusts"


# MARK: Proxies


def environment_is_ignored():
    with server("plain") as running, proxy(running.port) as other, rota() as program:
        for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"]:
            program.environment[name] = other.url
        settings(program, model=f"openai:M@http://127.0.0.1:{running.port}/v1")
        lists(program)
        settings(program, model="openai:M@http://nowhere.invalid/v1")
        refuses(program, "no address is known for nowhere.invalid")
    expect("told the proxy", other.told, [])


def configured_proxy_counts_whatever_no_proxy_says():
    with server("plain") as running, proxy(running.port) as other, rota() as program:
        program.environment.update(NO_PROXY="*", no_proxy="*")
        settings(program, model="openai:M@http://model.example.test/v1", model_proxy=other.url)
        lists(program)
    expect("told the proxy", [told.split("\r\n")[0] for told in other.told],
           ["GET http://model.example.test/v1/models HTTP/1.1"])


def tunnel(login=None):
    with server("tls") as running, proxy(running.port, login and CODED) as other, rota() as program:
        settings(program, model_ca_file=running.path("ca.pem"), model_proxy=other.url)
        if login:
            program.environment["PROXY_LOGIN"] = login
            settings(program, model_proxy_login_env="PROXY_LOGIN")
        asks_thrice(program, "https://model.example.test/v1")
    seen(running, "2", requests=3, connections=1)
    expect("told the proxy", [told.split("\r\n")[0] for told in other.told],
           ["CONNECT model.example.test:443 HTTP/1.1"])
    if KEY in other.told[0]:
        raise Failure("the proxy was told the key")


def wrong_login(scheme, login, words):
    with server("plain") as running, proxy(running.port, CODED) as other, rota() as program:
        settings(program, model=f"openai:M@{scheme}://model.example.test/v1", model_proxy=other.url)
        if login:
            program.environment["PROXY_LOGIN"] = login
            settings(program, model_proxy_login_env="PROXY_LOGIN")
        refuses(program, f"the proxy 127.0.0.1:{other.port} {words}")
    expect("requests", running.asked, [])


def dead_proxy(scheme):
    with socket.socket() as deaf, rota() as program:
        deaf.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{deaf.getsockname()[1]}"
        program.environment["PROXY_LOGIN"] = LOGIN
        settings(program, model=f"openai:M@{scheme}://model.example.test/v1", model_proxy=f"http://{place}",
                 model_proxy_login_env="PROXY_LOGIN")
        refuses(program, f"nobody listens at the proxy {place}")


def login_in_the_address():
    with rota() as program:
        result = program.run("config", "set", "model_proxy", f"http://{LOGIN}@127.0.0.1:1")
        no_secrets(program, result)
        if result.returncode == 0:
            raise Failure("it was taken")


ALL = {
    "connections": [
        ("HTTP/1.1 is used again", plain_connection_is_used_again),
        ("HTTP/2 is spoken over TLS and used again", encrypted_connection_is_used_again),
    ],
    "trust": [
        ("a stranger is refused", lambda: refused_certificate("localhost", None, STRANGER)),
        ("another authority does not help", lambda: refused_certificate("localhost", "other.pem", STRANGER)),
        ("another name is refused", lambda: refused_certificate(
            "127.0.0.1", "ca.pem", "the certificate of {place} is for another name")),
        ("a missing file is named", lambda: refused_certificate(
            "localhost", "missing.pem", "the file of trusted certificates cannot be used: ")),
    ],
    "proxies": [
        ("proxy variables are ignored", environment_is_ignored),
        ("NO_PROXY is ignored", configured_proxy_counts_whatever_no_proxy_says),
        ("a tunnel for https", tunnel),
        ("a tunnel with a login", lambda: tunnel(LOGIN)),
        *[(f"{scheme} {name}", lambda s=scheme, l=login, w=words: wrong_login(s, l, w))
          for scheme in ("http", "https")
          for name, login, words in [
              ("without a login", None, "wants a name and a password"),
              ("with a wrong login", "me:pass-canary-0815-wrong", "does not accept the name and password"),
          ]],
        *[(f"{scheme}, nobody listens", lambda s=scheme: dead_proxy(s)) for scheme in ("http", "https")],
        ("a login in the address is refused and not shown", login_in_the_address),
    ],
}
"""Names and functions, part by part."""
