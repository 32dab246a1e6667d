"""A web server in this process, on whatever database the tests point at when a request comes in."""

from contextlib import contextmanager
from threading import Thread

from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler


class _Silent(WSGIRequestHandler):
    def log_message(self, *_words):
        """Say nothing: the browser's own findings are what a journey reports."""


class _Server(ThreadedWSGIServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Pass over connections that the browser dropped."""


@contextmanager
def served():
    """Serve Krama on a free port of this machine; gives the address without a slash at its end."""
    server = _Server(("127.0.0.1", 0), _Silent, ipv6=False)
    server.set_app(WSGIHandler())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
