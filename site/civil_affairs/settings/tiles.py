"""Where map tiles come from, as a Content-Security-Policy names it."""

from urllib.parse import urlsplit


def tile_hosts(address: str) -> list[str]:
    """The source of `https://t{s}.example/{z}/{x}/{y}`: `https://*.example`; none for none."""
    scheme, host, *_ = urlsplit(address)
    if "{" in host:  # The first part stands for one of several servers.
        host = f"*.{host.partition('.')[2]}"
    return [f"{scheme}://{host}"] if host else []
