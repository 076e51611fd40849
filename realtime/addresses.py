"""By what addresses are told apart where something is limited for each."""

from ipaddress import IPv6Address, ip_address, ip_network


def limited_unit(address: str) -> str:
    """The address, but of IPv6 the /64 that one line is given whole."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:45]
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, 64), strict=False))
