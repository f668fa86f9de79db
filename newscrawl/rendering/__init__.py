"""Pages that need a browser: fetched as any other, then finished by one that obeys the same rules.

The document itself always comes through Scrapy: robots.txt, pauses, budgets, limits, redirects and
the guard of addresses hold for it as they do for every page. The browser is handed those bytes and
asks the network only for what the page's scripts need, through a proxy of ours that connects to
no address that the guard refuses.
"""
