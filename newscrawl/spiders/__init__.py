"""The spiders of newscrawl; Scrapy finds them here by the setting SPIDER_MODULES."""
