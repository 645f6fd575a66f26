"""The server as a process of our own, and a proxy as a thread."""

import contextlib
import json
import os
import select
import socket
import subprocess
import tempfile
import threading

DEADLINE = 10


class Server:
    """`python` has the packages; it and `scripts`, our folder, are set once, before the first one starts."""

    python = None
    scripts = None

    def __init__(self, folder, kind):
        self.folder = folder
        settings = {**os.environ, "PYTHONPATH": str(self.scripts), "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(
            [self.python, "-m", "transport_check.inside", folder, kind], env=settings, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        self.asked = []
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.asked.append(json.loads(line))

    def path(self, name):
        return os.path.join(self.folder, name)

    def stop(self):
        self.process.stdin.close()
        try:
            self.process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.reader.join(DEADLINE)


@contextlib.contextmanager
def server(kind):
    """A server of one model, over TLS or plain; what it was asked is whole after the block."""
    with tempfile.TemporaryDirectory() as folder:
        running = Server(folder, kind)
        try:
            yield running
        finally:
            running.stop()


class Proxy:
    """Connects to one port of this machine, whatever host it is asked for; keeps the head of what it is told."""

    def __init__(self, port, login=None):
        self.target = port
        self.login = login
        self.told = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        with client, contextlib.suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                piece = client.recv(65536)
                if not piece:
                    return
                head += piece
            self.told.append(head.decode())
            if self.login and f"Basic {self.login}" not in head.decode():
                client.sendall(
                    b"HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n")
                return
            with socket.create_connection(("127.0.0.1", self.target)) as server:
                if head.startswith(b"CONNECT "):
                    client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                else:
                    server.sendall(head)
                self.pass_on(client, server)

    def pass_on(self, client, server):
        while True:
            for source in select.select([client, server], [], [])[0]:
                piece = source.recv(65536)
                if not piece:
                    return
                (server if source is client else client).sendall(piece)


@contextlib.contextmanager
def proxy(port, login=None):
    running = Proxy(port, login)
    try:
        yield running
    finally:
        running.listener.close()
