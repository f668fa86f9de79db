"""Which addresses are of the public internet, and what a setting allows beside them."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from newscrawl.downloader.address_guard import AddressGuard
from newscrawl.downloader.addresses import literal_address, special_kind
from newscrawl.downloader.allowed import AllowedHosts
from newscrawl.downloader.errors import RefusedAddressError, RefusedSchemeError


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("0.0.0.0", "an unspecified address"),
        ("0.1.2.3", "an unspecified address"),
        ("10.255.255.255", "a private address"),
        ("100.64.0.1", "a shared address of a carrier"),
        ("100.127.255.254", "a shared address of a carrier"),
        ("127.0.0.1", "a loopback address"),
        ("127.255.0.9", "a loopback address"),
        ("169.254.169.254", "a link-local address"),
        ("172.16.0.1", "a private address"),
        ("172.31.255.255", "a private address"),
        ("192.0.0.8", "a reserved address"),
        ("192.0.2.1", "a reserved address"),
        ("192.168.0.1", "a private address"),
        ("198.19.0.1", "a reserved address"),
        ("203.0.113.7", "a reserved address"),
        ("224.0.0.1", "a multicast address"),
        ("255.255.255.255", "a reserved address"),
        ("::", "an unspecified address"),
        ("::1", "a loopback address"),
        ("::127.0.0.1", "a reserved address"),
        ("::ffff:192.168.1.1", "a private address"),
        ("64:ff9b::a00:1", "a private address"),
        ("64:ff9b:1::a00:1", "a reserved address"),
        ("2002:7f00:1::", "a loopback address"),
        ("2001::1", "a reserved address"),
        ("2001:db8::1", "a reserved address"),
        ("fd12:3456::1", "a private address"),
        ("fe80::1", "a link-local address"),
        ("ff02::1", "a multicast address"),
        ("100::1", "a reserved address"),
    ],
)
def test_special_addresses(address: str, kind: str) -> None:
    assert special_kind(ip_address(address)) == kind


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::",
    ],
)
def test_addresses_of_the_public_internet(address: str) -> None:
    assert special_kind(ip_address(address)) is None


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("127.0.1", "127.0.0.1"),
        ("10.65536", "10.1.0.0"),
        ("2130706433", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("0X7F.0.0.0x1", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("0177.0.0.01", "127.0.0.1"),
        ("0", "0.0.0.0"),
        ("4294967295", "255.255.255.255"),
        ("\uff11\uff12\uff17.0.0.1", "127.0.0.1"),
        ("①②⑦。⓪。⓪。①", "127.0.0.1"),
        ("[::1]", "::1"),
        ("::ffff:127.0.0.1", "::ffff:127.0.0.1"),
        ("fe80::1%eth0", "fe80::1"),
        ("localhost", "127.0.0.1"),
        ("LocalHost.", "127.0.0.1"),
        ("a.localhost", "127.0.0.1"),
    ],
)
def test_hosts_that_are_addresses(host: str, address: str) -> None:
    assert literal_address(host) == ip_address(address)


@pytest.mark.parametrize(
    "host",
    [
        "",
        ".",
        "example.org",
        "127.0.0.1.example.org",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.256",
        "4294967296",
        "089",
        "0xg",
        "1..2",
        "-1",
        "[::1::2]",
        "localhost.example.org",
        "9" * 5_000,
    ],
)
def test_hosts_that_are_none(host: str) -> None:
    assert literal_address(host) is None


def test_what_the_setting_allows() -> None:
    guard = AddressGuard(
        AllowedHosts.parse(
            [
                "Intranet.Example",
                "127.0.0.1:8000",
                "10.2.0.0/16",
                "[::1]:81",
                "fd00::/8",
                "proxy:3128",
            ]
        )
    )
    guard.check_address("intranet.example", "192.168.7.7", 443)
    guard.check_address("INTRANET.example.", "192.168.7.7", 443)
    guard.check_address("www.example.org", "10.2.255.1", 80)
    guard.check_address("::1", "::1", 81)
    guard.check_address("www.example.org", "fd00::7", 80)
    guard.check_address("proxy", "10.0.0.1", 3128)
    guard.check_url("http://127.0.0.1:8000/")
    guard.check_url("http://www.example.org/")
    for host, address, port in (
        ("sub.intranet.example", "192.168.7.7", 443),
        ("www.example.org", "10.3.0.1", 80),
        ("::1", "::1", 80),
        ("proxy", "10.0.0.1", 80),
    ):
        with pytest.raises(RefusedAddressError):
            guard.check_address(host, address, port)
    for url in (
        "http://127.0.0.1/",
        "https://127.0.0.1:8001/",
        "http://[::1]/",
        "http://2130706433/",
    ):
        with pytest.raises(RefusedAddressError):
            guard.check_url(url)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/", "data:,a", "http:///a", "http://[::bad/"]
)
def test_what_is_not_of_the_web(url: str) -> None:
    with pytest.raises(RefusedSchemeError):
        AddressGuard(AllowedHosts()).check_url(url)


@pytest.mark.parametrize(
    "text", ["10.0.0.0/99", "a b", "http://example.org/", "1.2.3", "-", "::1/200"]
)
def test_an_entry_that_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="is no host name, address or network"):
        AllowedHosts.parse([text])
