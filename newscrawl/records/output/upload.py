"""Finished files go to a store as well: S3, or whatever fsspec knows by its address."""

from __future__ import annotations

from pathlib import Path

from newscrawl.records.output.errors import OutputError
from newscrawl.records.output.runs import split_name


def upload_finished(path: Path, store: str) -> int:
    """Copy the files of runs beside ``path`` to a store that does not have them; return how many.

    Those of killed runs are among them once they have been given their names. A file that is there
    with the same size is left alone, so what was cut off is done by the next run. Raises
    OutputError.
    """
    try:
        import fsspec
    except ImportError as error:
        raise OutputError(f"{store}: a store needs fsspec: pip install 'newscrawl[s3]'") from error
    stem, suffix = split_name(path.name)
    copied = 0
    try:
        system, folder = fsspec.core.url_to_fs(store)
        # The folder itself alone: above it a typing error would make a bucket of its own.
        if "/" in folder.strip("/") and not system.exists(folder):
            system.mkdir(folder, create_parents=False)
        for file in sorted(path.parent.glob(f"{stem}-*{suffix}")):
            target = f"{folder.rstrip('/')}/{file.name}"
            if not system.exists(target) or system.size(target) != file.stat().st_size:
                system.put_file(str(file), target)
                copied += 1
    except Exception as error:
        raise OutputError(f"{store}: {error}") from error
    return copied
