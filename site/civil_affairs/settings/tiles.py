"""The source of map tiles for the Content-Security-Policy."""

from urllib.parse import urlsplit


def tile_hosts(address: str) -> list[str]:
    """`https://*.example` for `https://t{s}.example/{z}/{x}/{y}`; empty for an empty template."""
    scheme, host, *_ = urlsplit(address)
    if "{" in host:  # The first part stands for one of several servers.
        host = f"*.{host.partition('.')[2]}"
    return [f"{scheme}://{host}"] if host else []
