"""A server for colleagues without a terminal: one app for each browser that opens the page.

It adds to textual-serve what a register needs: nothing is fetched from elsewhere, no page of
another site can drive a session, and no name of another site can be made to point here.
"""

from __future__ import annotations

import ipaddress
import logging
import shlex
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from textual_serve.server import Server

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        "font-src 'self' data:; img-src 'self' data:; connect-src 'self' ws: wss:; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
"""What a browser is told with every answer: load nothing from elsewhere, stand in no frame."""


def is_here(host: str) -> bool:
    """Whether an address can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class RegisterServer(Server):
    """Serves one register. `names` are the hosts that a browser may call it by."""

    def __init__(self, path: Path, *, host: str, port: int, title: str, url: str = "") -> None:
        """`url` is where browsers find it, if that is not the address it listens on."""
        command = shlex.join(
            [sys.executable, "-m", "horizon.tui.browser.session", str(path.absolute())]
        )
        shown = f"[{host}]" if ":" in host else host
        super().__init__(
            command,
            host=host,
            port=port,
            title=title,
            public_url=url.rstrip("/") or f"http://{shown}:{port}",
            templates_path=Path(__file__).parent,
        )
        self.names = {urlsplit(self.public_url).hostname or host, host}
        if is_here(host):
            self.names |= {"localhost", "127.0.0.1", "::1"}
        else:
            self.names |= {socket.gethostname().casefold(), socket.getfqdn().casefold()}

    def allows(self, request: web.Request) -> bool:
        """Whether a request is for this server, and from its own page where it drives the app.

        A name that somebody pointed at this machine is not one of its names. An address in digits
        cannot be pointed, so it is let through where the server listens on the network.
        """
        called = _host(f"//{request.headers.get('Host', '')}")
        if called not in self.names and not (_is_address(called) and not is_here(self.host)):
            return False
        if request.path != "/ws":
            return True
        origin = urlsplit(request.headers.get("Origin", ""))
        own = urlsplit(self.public_url)
        return origin.netloc in (request.headers.get("Host", ""), own.netloc)

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        return app

    @property
    def _guard(self) -> Middleware:
        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            if not self.allows(request):
                raise web.HTTPForbidden(text="This is not where Horizon is served.\n")
            response = await handler(request)
            if not response.prepared:
                response.headers.update(HEADERS)
            return response

        return guard

    def initialize_logging(self) -> None:
        logging.basicConfig(level=logging.WARNING, format="%(message)s")

    async def on_startup(self, app: web.Application) -> None:
        click.echo(f"{self.title}: {self.public_url}")
        click.echo("Each browser asks who it is before it can change anything. Ctrl+C ends it.")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").casefold()
    except ValueError:
        return ""


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
