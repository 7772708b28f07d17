# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml requirements.lock hatch_build.py README.md LICENSE ./
COPY locales locales
COPY storage storage
COPY handlers handlers
COPY bot bot
# Compiled here, since a container starts with a cold cache and aiogram alone takes seconds to compile.
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --constraint requirements.lock '.[all]' \
    && /venv/bin/python -m compileall -q /venv/lib \
    && /venv/bin/pip uninstall -qy pip

FROM python:3.13-slim
RUN useradd --create-home --home-dir /data --uid 1000 lobby
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 LOBBY_HOST=0.0.0.0 LOBBY_LOG_JSON=true
USER lobby
WORKDIR /data
VOLUME /data
EXPOSE 8080
# The start may migrate a large database; after it, `lobby health` answers in about half a second.
HEALTHCHECK --interval=15s --timeout=8s --start-period=60s --retries=3 CMD ["lobby", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["lobby"]
CMD ["run"]
