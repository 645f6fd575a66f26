"""A shop, a rival and an endpoint on loopback, whose answers a check can change."""

import http.server
import threading


class Site:
    def __init__(self):
        self.pages = {}
        self.asked = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append(self.path)
                status, body = site.pages.get(self.path, (404, "nothing here"))
                data = body.encode()
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"127.0.0.1:{self.server.server_port}"

    def price(self, path, amount):
        self.pages[path] = (200, f"<p>Kettle <b class='price'>{amount} €</b></p>")
