"""What a crawl knows from earlier runs: which pages to leave alone, which to look at again."""

from newscrawl.memory.extension import Memory
from newscrawl.memory.none import NoMemory
from newscrawl.memory.pipeline import RevisePipeline

__all__ = ["Memory", "NoMemory", "RevisePipeline"]
