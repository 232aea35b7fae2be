"""How the site is served: `gunicorn` in this folder needs no further argument."""

import gc
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))

wsgi_app = "civil_affairs.wsgi:application"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "civil_affairs.serving.DeadlineWorker"
threads = 4
preload_app = True
# A worker that leaks is replaced before anybody notices; the jitter keeps them apart.
max_requests = 10_000
max_requests_jitter = 1_000
timeout = 60
control_socket_disable = True
graceful_timeout = 10
# Up to this length Django answers an address itself, with a page that helps; it holds 900 Han
# characters. gunicorn takes no longer one, nor more or longer headers than these.
limit_request_line = 8190
limit_request_fields = 100
limit_request_field_size = 8190
# By default gunicorn believes SCRIPT_NAME and PATH_INFO of a proxy on this machine, which may
# only pass them on: any visitor could have one page cached under the address of another.
forwarder_headers = ""


def when_ready(server) -> None:
    """What has been loaded stays: left out of garbage collection, it stops no request for
    long, and the workers share its memory."""
    gc.collect()
    gc.freeze()
