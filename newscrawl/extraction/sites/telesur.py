"""teleSUR, English and Spanish: one markup, schema.org microdata throughout."""

from __future__ import annotations

from dataclasses import replace

from newscrawl.extraction.sites import Site

_ENGLISH = Site(
    name="teleSUR English",
    domains=("telesurenglish.net",),
    language="en",
    fixtures="telesur-en",
    headline='h1[itemprop~="headline"]',
    date=".capdate[itemprop=datePublished]",
    section=".itacaput[itemprop=articleSection] a",
    description='.subtitle[itemprop~="description"]',
    authors=".capaut [itemprop=name]",
    tags=".tagBarNews a.tags",
    lead=".bloque-multimedia",
    body=".txt_newworld[itemprop=articleBody]",
    drop=".capaut, .tagBarNews, .bloque-multimedia",
)
_SPANISH = replace(
    _ENGLISH,
    name="teleSUR",
    domains=("telesurtv.net",),
    language="es",
    fixtures="telesur-es",
)
SITES = (_ENGLISH, _SPANISH)
