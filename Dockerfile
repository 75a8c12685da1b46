# Two stages: the first one may build, the second one only runs.
FROM python:3.11-slim-bookworm AS build

RUN apt-get update \
    && apt-get install --yes --no-install-recommends build-essential \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
# The commands of Procfile and Makefile name .venv, so the image has it at the same place.
RUN python -m venv .venv
COPY requirements.txt ./
RUN .venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

COPY manage.py gunicorn.conf.py Procfile LICENSE ./
COPY cms ./cms
COPY home ./home
COPY news ./news
COPY partners ./partners
COPY publications ./publications
COPY search ./search
COPY templates ./templates
COPY static ./static
COPY locale ./locale

# Static files and catalogues are part of the image, and not of the volume that outlives it.
# The key is thrown away with this command.
ENV STATIC_ROOT=/app/collected
RUN export SECRET_KEY="$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    && .venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && .venv/bin/python manage.py shell --verbosity 0 --command \
        "from cms.delivery.messages import compile_messages; compile_messages()" \
    && .venv/bin/python -m compileall -q cms home news partners publications search \
    && mkdir -p var


FROM python:3.11-slim-bookworm

ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATA_DIR=/app/var \
    STATIC_ROOT=/app/collected

RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin cms

WORKDIR /app
COPY --from=build /app /app
# The site writes to this folder alone: the embedded database, files without S3.
RUN chown -R cms:cms /app/var

USER cms
EXPOSE 8000
VOLUME /app/var

HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/livez\", timeout=4)"]

CMD ["gunicorn", "cms.wsgi"]
