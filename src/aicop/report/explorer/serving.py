"""Serve one page to browsers on this machine."""

from __future__ import annotations

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOST = "127.0.0.1"
_NAMES = frozenset({HOST, "localhost"})


class PageServer(ThreadingHTTPServer):
    """
    A server for one page, on the loopback interface alone, so that no other machine reaches it.

    Call ``serve_forever`` to serve, and ``shutdown`` from another thread to end. Port 0 is any free one.

    Raises:
        OSError: another program uses the port.
    """

    daemon_threads = True

    def __init__(self, page: str, port: int = 0) -> None:
        self.content: bytes = page.encode()
        super().__init__((HOST, port), _Handler)

    @property
    def address(self) -> str:
        """The web address of the page."""
        return f"http://{HOST}:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    server: PageServer

    def do_GET(self) -> None:
        # A page of another site may lead its own name to this machine, to read what is served here.
        name = urlsplit(f"//{self.headers.get('Host', '')}").hostname
        if name not in _NAMES:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif urlsplit(self.path).path != "/":
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            self._send()

    def _send(self) -> None:
        content = self.server.content
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", "frame-ancestors 'none'")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name in the base class
        """Log nothing: the page has no parts that could be missing."""
