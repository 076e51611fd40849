"""Where a request comes from. The server in front (uvicorn's `--forwarded-allow-ips`) has already
put the client's address in place; a header that anybody can send is never read here."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def limited_unit(address: str) -> str:
    """What a limit counts by: the address, but of IPv6 the /64 that one line is given whole."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:45]
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, 64), strict=False))
