"""``newscrawl schema``: the JSON Schema of the record."""

from __future__ import annotations


def schema() -> None:
    """Print the JSON Schema of the records.

    Each record carries the schema's version in schema_version. Within a major version, fields are
    only added, behind the others: what reads 1.0.0 reads every 1.x.

    \b
    Examples:
    newscrawl schema > newscrawl.schema.json
    newscrawl schema | jq -r '.properties | keys_unsorted[]'
    """
    import json
    import sys

    from newscrawl.schema import article_schema

    sys.stdout.write(json.dumps(article_schema(), ensure_ascii=False, indent=2) + "\n")
