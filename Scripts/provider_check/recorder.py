"""A server in the middle that keeps what a client asked and what a chat completion answered."""

import contextlib
import http.server
import json
import threading
import urllib.error
import urllib.request


class Exchange:
    def __init__(self, request, status, answer):
        self.request = json.loads(request)
        self.status = status
        self.answer = answer

    @property
    def schema(self):
        format = self.request.get("response_format", {})
        return format.get("json_schema", {}).get("schema") or format.get("schema")

    def choices(self):
        """The choices of all chunks of a stream, or of the one document."""
        lines = [line[5:].strip() for line in self.answer.splitlines() if line.startswith("data:")] or [self.answer]
        for line in lines:
            if line != "[DONE]":
                yield from json.loads(line).get("choices", [])

    @property
    def text(self):
        parts = [choice.get("delta") or choice.get("message") or {} for choice in self.choices()]
        return "".join(part.get("content") or "" for part in parts)

    @property
    def is_complete(self):
        return [choice["finish_reason"] for choice in self.choices() if choice.get("finish_reason")] == ["stop"]


@contextlib.contextmanager
def recorder(upstream):
    """The address of a server that passes everything on to `upstream`, and the list of exchanges."""
    exchanges = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, type_, answer = ask(upstream + self.path, body)
            exchanges.append(Exchange(body, status, answer.decode("utf-8", "replace")))
            self.send_response(status)
            self.send_header("Content-Type", type_)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", exchanges
    finally:
        server.shutdown()
        server.server_close()


def ask(url, body):
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=120) as reply:
            return reply.status, reply.headers["Content-Type"], reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read()
