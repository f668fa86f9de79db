"""Classify class names, ids and roles: chrome, or a part of the article.

Every distinct string is judged once and remembered: a page repeats its classes, and so do the
pages of a site.
"""

from __future__ import annotations

import re
from functools import lru_cache

# What an element is, as bits that add up over its ancestors.
NAVIGATION = 1 << 0
"""Menus, headers, footers, breadcrumbs, pagination."""
SHARE = 1 << 1
"""Share bars, follow buttons, tools."""
RELATED = 1 << 2
"""Related, recommended, most-read, teasers."""
COMMENTS = 1 << 3
"""Comment threads and forms."""
PROMOTION = 1 << 4
"""Newsletter, subscription, paywall and app boxes."""
ADVERT = 1 << 5
"""Advertising."""
CONSENT = 1 << 6
"""Cookie notes and other dialogs."""
ASIDE = 1 << 7
"""Sidebars, widgets, fact boxes, ``<aside>``."""
HIDDEN = 1 << 8
"""Not shown on the screen."""
META = 1 << 9
"""Bylines, dates, tags, reading times."""
CAPTION = 1 << 10
"""Captions and credits of pictures, and what belongs to a figure."""
HEADLINE = 1 << 11
"""Headlines and kickers."""
STANDFIRST = 1 << 12
"""Standfirst, dek, summary."""
BODY = 1 << 13
"""The text of the article, as its author's system names it."""
BIOGRAPHY = 1 << 14
"""About the author, about the outlet."""
EMBED = 1 << 15
"""A post or player from elsewhere."""
LEGAL = 1 << 16
"""Copyright, disclaimers, corrections policies."""
LIVE = 1 << 17
"""Live ticker entries."""
QUOTE = 1 << 18
"""Pull quotes: the article's own words once more."""
PICTURE = 1 << 19
"""A picture and what is set around it."""

FOOTER = 1 << 20
"""A ``<footer>``."""
MENU = 1 << 21
"""A ``<nav>`` or ``<menu>``."""

CHROME = NAVIGATION | SHARE | RELATED | COMMENTS | PROMOTION | ADVERT | CONSENT
"""What is dropped with all that it holds."""

_VOCABULARY: dict[int, str] = {
    NAVIGATION: "nav navi navbar navigation menu menus submenu megamenu footer masthead "
    "breadcrumb breadcrumbs crumbs pagination pager paging topbar topnav sitenav "
    "siteheader sitefooter offcanvas hamburger toolbar skiplink skip-link "
    "jump-link site-header site-footer page-header global-header global-footer "
    "main-menu prev-next post-navigation toc",
    SHARE: "share sharing shares sharebar share-bar sharethis addthis addtoany social "
    "socials sociallinks social-links socialmedia follow followus bookmark tools "
    "article-tools print-button shariff sharedaddy compartir partager teilen "
    "whatsapp reactions reaction like likes rating",
    RELATED: "related relateds relacionadas relacionados recommended recommendation "
    "recommendations recommends recirc recirculation readmore read-more readnext "
    "read-next more-news more-stories morestories more-from also-read readalso "
    "read-also mostread most-read mostpopular most-popular popular trending "
    "teaser teasers latest latest-news outbrain taboola plista zergnet upnext "
    "up-next similar linkbox linklist link-list suggestions suggested "
    "promoted-stories jp-relatedposts yarpp crosslinks topstories top-stories "
    "similares also-like",
    COMMENTS: "comment comments commentlist comment-list respond disqus discussion livefyre "
    "kommentare kommentar comentarios commentaires fb-comments comments-area "
    "conversation coral talk-stream openweb spotim viafoura",
    PROMOTION: "newsletter newsletters subscribe subscription subscriptions subscriber "
    "signup sign-up promo promotion promos paywall piano abo abonnement "
    "registration register login signin sign-in membership donate donation "
    "donations app-download appstore cta call-to-action upsell marketing regwall "
    "optin mailchimp mc4wp premium-box leadgen support-us",
    ADVERT: "ad ads advert adverts advertisement advertising advertise adsbygoogle adslot "
    "ad-slot adbox adunit adcontainer ad-container adwrapper ad-wrapper banner "
    "banners dfp gpt sponsor sponsored sponsors anzeige werbung publicidad "
    "publicite mpu leaderboard billboard skyscraper affiliate native-ad "
    "commercial",
    CONSENT: "cookie cookies cookiebar consent gdpr cmpbox onetrust didomi popup pop-up modal "
    "dialog lightbox overlay toast tooltip notification notifications alert-bar",
    ASIDE: "sidebar side-bar aside widget widgets infobox info-box factbox fact-box rail "
    "right-rail rightcol rightcolumn secondary complementary box-info inset "
    "sidecol",
    HIDDEN: "hidden visually-hidden visuallyhidden sr-only screen-reader-text "
    "screenreader offscreen invisible print-only printonly d-none hide a11y "
    "noscreen element-invisible",
    META: "byline bylines meta metadata dateline timestamp time date pubdate published "
    "publish-date author authors writer post-meta entry-meta article-meta tags "
    "tag tag-list taglist keywords categories category article-info article-date "
    "posted-on reading-time readtime datetime updated topics cat-links tags-links "
    "credits article-footer entry-footer post-footer",
    CAPTION: "caption captions figcaption wp-caption wp-caption-text imgcaption "
    "image-caption photo-caption picture-caption media-caption credit photocredit "
    "photo-credit image-credit copyright-image legend leyenda bildunterschrift "
    "legende figure gallery slideshow carousel slider photo-credits "
    "picture-credit cutline mediacaption",
    HEADLINE: "headline headlines title entry-title post-title article-title kicker "
    "overline topline spitzmarke heading titulo titre",
    STANDFIRST: "standfirst dek deck subtitle sub-title subheadline sub-headline subhead "
    "subheading lede lead leadtext leadin teaser-text summary excerpt abstract "
    "intro introduction article-summary article-intro chapo chapeau bajada "
    "entradilla sommario vorspann article-lead subtitulo strapline description "
    "post-excerpt",
    BODY: "articlebody article-body article-content article-text articletext storybody "
    "story-body story-content storytext story-text entry-content post-content "
    "postcontent post-body postbody entry body-text bodytext body-copy "
    "main-content maincontent content-body contentbody richtext rich-text text "
    "paywall-content wysiwyg page-content single-content td-post-content "
    "article-detail news-content news-text detail-content content-text cuerpo "
    "texto corps-article paragraph e-content the-content blog-content",
    BIOGRAPHY: "bio biography author-bio authorbio author-box authorbox about-author "
    "about-the-author author-info author-card author-description author-profile "
    "abouttheauthor author-details contributor contributors authors-box",
    EMBED: "embed embeds embedded twitter-tweet twitter tweet instagram-media instagram "
    "tiktok-embed fb-post iframe video-player player videoplayer oembed "
    "facebook-post bluesky-embed pinterest youtube",
    LEGAL: "copyright disclaimer legal rights corrections correction impressum terms privacy",
    LIVE: "liveblog live-blog live-entry liveticker live-post live-update ticker-entry "
    "live-stream-entry",
    PICTURE: "image images img imgbox imagebox image-box image-wrapper image-widget photo photos "
    "photobox picture pictures pic imagen imagem foto bild bildbox media-object imageblock",
    QUOTE: "pullquote pull-quote blockquote-pull quote-box pq pullout",
}
_FLAGS_OF: dict[str, int] = {}
for _flag, _terms in _VOCABULARY.items():
    for _term in _terms.split() if _flag != HIDDEN else ():
        _FLAGS_OF[_term] = _FLAGS_OF.get(_term, 0) | _flag

# With what a term can begin: only then is a part of a name joined to the next and looked up.
_BEGINNINGS = frozenset(term[:end] for term in _FLAGS_OF for end in range(1, len(term)))

# "has-sidebar", "nav-open": a state of the page, a script's hook or a utility is no part of it.
_STATE_PREFIXES = frozenset(
    "has with no not without is if hide show enable disable js data single postid layout theme wf "
    "u col grid flex lg md sm xl overflow wp-image".split()
)
_TAXONOMIES = ("category-", "tag-", "topic-", "cat-", "post_tag-", "term-", "channel-", "format-")
_STATE_SUFFIXES = frozenset("enabled disabled active open visible wide left right".split())
_EXACT = dict.fromkeys(_VOCABULARY[HIDDEN].split(), HIDDEN)
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


_ROLES = {
    "navigation": NAVIGATION, "banner": NAVIGATION, "contentinfo": NAVIGATION, "menu": NAVIGATION,
    "menubar": NAVIGATION, "search": NAVIGATION, "toolbar": SHARE, "complementary": ASIDE,
    "dialog": CONSENT, "alertdialog": CONSENT, "tooltip": CONSENT, "main": BODY, "article": 0,
}  # fmt: skip


@lru_cache(maxsize=50_000)
def judge(names: str) -> int:
    """Return the flags of an element's class and id, given as one string.

    >>> judge("c-share-bar") == SHARE, judge("has-sidebar") == 0
    (True, True)
    """
    flags = 0
    for name in names.split():
        flags |= _judge_name(name)
    return flags


@lru_cache(maxsize=100_000)
def _judge_name(name: str) -> int:
    exact = _EXACT.get(name, 0)
    if name.startswith(_TAXONOMIES):
        # The subject of a post ("category-comment"), not what its element is.
        return _FLAGS_OF.get(name, 0)
    parts = _PART.findall(name) if name.islower() else list(map(str.lower, _PART.findall(name)))
    if not parts or (
        len(parts) > 1 and (parts[0] in _STATE_PREFIXES or parts[-1] in _STATE_SUFFIXES)
    ):
        return exact
    flags = exact
    if len(parts) > 2:
        flags |= _FLAGS_OF.get("-".join(parts), 0)
    previous = ""
    for part in parts:
        flags |= _FLAGS_OF.get(part, 0)
        if previous in _BEGINNINGS:
            flags |= _FLAGS_OF.get(f"{previous}-{part}", 0) | _FLAGS_OF.get(previous + part, 0)
        previous = part
    return flags


def judge_role(role: str) -> int:
    """Return the flags of an element's ARIA role."""
    return _ROLES.get(role.strip().lower(), 0)
