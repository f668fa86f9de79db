"""Classify network addresses as public or not, in every form that a host can take."""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

IPAddress = IPv4Address | IPv6Address

# The IANA registries of special-purpose addresses (RFC 6890 and its updates), and multicast.
_SPECIAL_V4: tuple[tuple[IPv4Network, str], ...] = tuple(
    (IPv4Network(network), kind)
    for network, kind in (
        ("0.0.0.0/8", "an unspecified address"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "a shared address of a carrier"),
        ("127.0.0.0/8", "a loopback address"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "a reserved address"),
        ("192.88.99.0/24", "a reserved address"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "a reserved address"),
        ("198.51.100.0/24", "a reserved address"),
        ("203.0.113.0/24", "a reserved address"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
    )
)
_SPECIAL_V6: tuple[tuple[IPv6Network, str], ...] = tuple(
    (IPv6Network(network), kind)
    for network, kind in (
        ("::/128", "an unspecified address"),
        ("::1/128", "a loopback address"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a private address"),
        ("ff00::/8", "a multicast address"),
        ("2001::/23", "a reserved address"),  # Teredo and other protocols' own
        ("2001:db8::/32", "a reserved address"),
        ("3fff::/20", "a reserved address"),
    )
)
# All that has been given out for use on the internet lies in here.
_GLOBAL_V6 = IPv6Network("2000::/3")
# An IPv4 address within an IPv6 one is what is really reached: RFC 4291, 6052, 3056.
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")

# IDNA takes these for dots: RFC 3490, section 3.1.
_DOTS = str.maketrans("\u3002\uff0e\uff61", "...")
_NUMBER = re.compile(r"0[xX](?P<hex>[0-9a-fA-F]*)|(?P<octal>0[0-7]*)|(?P<decimal>[1-9][0-9]*)")
_LONGEST = 80


def special_kind(address: IPAddress) -> str | None:
    """Return what an address is if it is none of the public internet, else None.

    An IPv4 address inside an IPv6 one (mapped, NAT64, 6to4) counts as itself.

    >>> special_kind(ip_address("10.1.2.3")), special_kind(ip_address("1.1.1.1"))
    ('a private address', None)
    """
    address = _inner(address)
    if isinstance(address, IPv4Address):
        return next((kind for network, kind in _SPECIAL_V4 if address in network), None)
    for network, kind in _SPECIAL_V6:
        if address in network:
            return kind
    return None if address in _GLOBAL_V6 else "a reserved address"


def literal_address(host: str) -> IPAddress | None:
    """Return the address that a host is written as, or None for what is a name.

    Beside the usual forms all those that C's ``inet_aton`` takes: one to four numbers, each
    decimal, octal (``017``) or hexadecimal (``0xf``), the last filling what remains; digits and
    dots of other scripts; brackets; a dot at the end. ``localhost`` is 127.0.0.1 (RFC 6761).

    >>> literal_address("0x7f.1"), literal_address("2130706433")
    (IPv4Address('127.0.0.1'), IPv4Address('127.0.0.1'))
    """
    text = unicodedata.normalize("NFKC", host[:_LONGEST].translate(_DOTS)).translate(_DOTS)
    text = text.strip().removeprefix("[").removesuffix("]").removesuffix(".").lower()
    if text == "localhost" or text.endswith(".localhost"):
        return IPv4Address("127.0.0.1")
    if ":" in text:
        try:
            return ip_address(text.partition("%")[0])
        except ValueError:
            return None
    return _numbers_address(text)


def _numbers_address(text: str) -> IPv4Address | None:
    *first, last = text.split(".")
    if len(first) > 3:
        return None
    numbers = [_number(part) for part in (*first, last)]
    value = 0
    for number in numbers[:-1]:
        if number is None or number > 0xFF:
            return None
        value = value << 8 | number
    bits = 8 * (4 - len(first))
    end = numbers[-1]
    if end is None or end >= 1 << bits:
        return None
    return IPv4Address(value << bits | end)


def _number(part: str) -> int | None:
    match = _NUMBER.fullmatch(part)
    if match is None:
        return None
    if (digits := match["hex"]) is not None:
        return int(digits or "0", 16)
    if (digits := match["octal"]) is not None:
        return int(digits, 8)
    return int(match["decimal"])


def _inner(address: IPAddress) -> IPAddress:
    """Return the IPv4 address within an IPv6 one, else the address."""
    if isinstance(address, IPv6Address):
        if address in _MAPPED or address in _NAT64:
            return IPv4Address(int(address) & 0xFFFF_FFFF)
        if address in _SIX_TO_FOUR:
            return IPv4Address(int(address) >> 80 & 0xFFFF_FFFF)
    return address
