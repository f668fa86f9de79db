"""Connections: the hosts that may be connected to, and limits on responses.

Addresses outside the public internet are refused when they are connected to, whatever led
there; a page has a deadline, a body a limit that holds for what it unpacks to, and half a body
is none.

The download handler has to be asked of its own module: with it comes Scrapy's, and with that all of
TLS, which reading stored pages needs nothing of.
"""
