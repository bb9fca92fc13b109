"""The server for one page."""

from __future__ import annotations

import http.client
import threading
from typing import TYPE_CHECKING

import pytest

from aicop.report.explorer import PageServer

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server() -> Iterator[PageServer]:
    """Serve a page until the test has ended."""
    with PageServer("<p>\u00e9</p>") as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def ask(server: PageServer, path: str, host: str) -> tuple[int, bytes, dict[str, str]]:
    """Return the status, content and headers of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
    connection.request("GET", path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    found = answer.status, answer.read(), dict(answer.getheaders())
    connection.close()
    return found


def test_the_page_is_served_on_this_machine_alone(server: PageServer) -> None:
    """The server listens on the loopback interface, and its page can be framed and kept by nobody."""
    assert server.address == f"http://127.0.0.1:{server.server_port}/"
    assert server.server_address[0] == "127.0.0.1"
    status, content, headers = ask(server, "/?x=1", f"localhost:{server.server_port}")
    assert (status, content) == (200, "<p>\u00e9</p>".encode())
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/other", "127.0.0.1", 404),
        ("/", "example.org", 421),
        ("/", "127.0.0.1.example.org", 421),
    ],
)
def test_nothing_else_is_served(server: PageServer, path: str, host: str, status: int) -> None:
    """Another path is not found, and a name of another site that leads to this machine is refused."""
    assert ask(server, path, host)[0] == status
