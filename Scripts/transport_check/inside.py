"""Runs with the installed packages: a server of one model, which prints a line a request.

usage: python -m transport_check.inside FOLDER (tls | plain)

Makes the authority `ca.pem`, and `other.pem`, which vouches for nothing, in FOLDER. The first line is the port, further
ones are JSON: the connection (the client's port), the HTTP version, the path and the key. Ends with its input.
"""

import asyncio
import json
import pathlib
import socket
import sys

import hypercorn.asyncio
import hypercorn.config
import trustme

NAMES = ["localhost", "model.example.test"]
PIECES = [
    {"choices": [{"index": 0, "delta": {"role": "assistant", "content": "ok"}, "finish_reason": None}]},
    {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
]


async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    headers = {name.decode(): value.decode() for name, value in scope["headers"]}
    print(json.dumps({
        "connection": scope["client"][1], "version": scope["http_version"], "path": scope["path"],
        "key": headers.get("authorization"), "login": headers.get("proxy-authorization"),
    }), flush=True)
    if scope["method"] == "POST":
        kind, body = "text/event-stream", "".join(f"data: {json.dumps(piece)}\n\n" for piece in PIECES)
        body += "data: [DONE]\n\n"
    else:
        kind, body = "application/json", json.dumps({"data": [{"id": "M"}]})
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind.encode())]})
    await send({"type": "http.response.body", "body": body.encode()})


def make_certificates(folder, config):
    authority = trustme.CA()
    certificate = authority.issue_cert(*NAMES)
    authority.cert_pem.write_to_path(folder / "ca.pem")
    trustme.CA().cert_pem.write_to_path(folder / "other.pem")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    for blob in certificate.cert_chain_pems:
        blob.write_to_path(folder / "certificate.pem", append=True)
    config.certfile, config.keyfile = str(folder / "certificate.pem"), str(folder / "key.pem")


async def serve(config):
    stop = asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)

    async def ended():
        await stop

    await hypercorn.asyncio.serve(app, config, shutdown_trigger=ended)


def main():
    folder, kind = pathlib.Path(sys.argv[1]), sys.argv[2]
    config = hypercorn.config.Config()
    config.loglevel = "CRITICAL"
    config.graceful_timeout = 0.2
    if kind == "tls":
        make_certificates(folder, config)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    config.bind = [f"fd://{listener.fileno()}"]
    print(listener.getsockname()[1], flush=True)
    asyncio.run(serve(config))


main()
