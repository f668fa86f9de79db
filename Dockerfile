# A worker of a crawl: see docs/distributed.md.
FROM python:3.13-slim
WORKDIR /srv
COPY pyproject.toml README.md LICENSE ./
COPY newscrawl ./newscrawl
COPY fixtures ./fixtures
RUN pip install --no-cache-dir '.[redis,postgresql,zstd]' && useradd --create-home crawler
USER crawler
WORKDIR /crawl
ENTRYPOINT ["newscrawl"]
