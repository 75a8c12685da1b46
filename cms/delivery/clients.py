"""Who asks: the client's address, believed from a proxy only when it is one of ours."""

from ipaddress import ip_address, ip_network

from django.conf import settings


def client_address(request) -> str:
    """The address of the client: of the connection, or what a trusted proxy says of it.

    X-Forwarded-For is read from its end; the first address that is no proxy of ours counts.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if not is_trusted(address):
        return address
    said = request.headers.get("X-Forwarded-For", "").split(",")
    for named in reversed([part.strip() for part in said if part.strip()]):
        if not is_trusted(named):
            return named if _is_address(named) else address
    return address


def is_trusted(address: str) -> bool:
    """Whether TRUSTED_PROXIES names this address, alone or in a network."""
    if not _is_address(address):
        return False
    networks = (ip_network(name, strict=False) for name in settings.TRUSTED_PROXIES)
    return any(ip_address(address) in network for network in networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
