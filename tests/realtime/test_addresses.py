"""By what addresses are told apart."""

import pytest

from realtime.addresses import limited_unit


@pytest.mark.parametrize(
    ("address", "unit"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("", ""),
        ("no address", "no address"),
    ],
)
def test_a_line_is_one_however_many_addresses_it_has(address: str, unit: str) -> None:
    assert limited_unit(address) == unit
