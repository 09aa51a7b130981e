# The image of Cenclave; docs/deployment.md describes its use, docs/decisions/026-one-image.md its design.
# `docker build -t cenclave .`, or with buildah or podman. The bases can be replaced: --build-arg BASE=…
ARG BUILD_BASE=docker.io/library/node:24-bookworm-slim
ARG BASE=docker.io/library/debian:bookworm-slim

FROM ${BUILD_BASE} AS build
WORKDIR /app
COPY . .
RUN npm run build
# The commands of the operator, without tsx. Then next.config.ts in JavaScript, so that Next.js needs no compiler. The
# icons are in the pages by now, and other systems need their own packager.
RUN node_modules/.bin/esbuild scripts/admin.ts scripts/backup.ts scripts/doctor.ts server/worker.ts \
    --bundle --platform=node --format=esm --packages=external --alias:drizzle-orm=./node_modules/drizzle-orm \
    --outdir=commands --entry-names=[name] --out-extension:.js=.mjs --log-level=warning \
  && node_modules/.bin/esbuild next.config.ts --outfile=next.config.mjs --log-level=warning \
  && cp node_modules/node/bin/node /usr/local/bin/pinned-node \
  && npm prune --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
  && rm -rf .next/cache node_modules/.cache node_modules/lucide-react \
    node_modules/shaka-packager/bin/*osx* node_modules/shaka-packager/bin/*win*

FROM ${BASE}
RUN apt-get update \
  && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends bubblewrap ffmpeg tini \
  && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/* \
  && groupadd --gid 10001 cenclave \
  && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin cenclave \
  && install -d -o 10001 -g 10001 -m 0700 /data
WORKDIR /app
COPY --from=build /usr/local/bin/pinned-node /usr/local/bin/node
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/db/migrations db/migrations
COPY --from=build /app/public public
COPY --from=build /app/package.json /app/next.config.mjs /app/LICENSE ./
COPY --from=build /app/commands commands
COPY --from=build /app/.next .next
# As scripts/server/server-command.mjs starts it; a test compares them.
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 MALLOC_MMAP_THRESHOLD_=16384 \
    HOST=0.0.0.0 PORT=5000 STORAGE_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 5000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# tini ends with the server, passes signals on, and reaps what tools leave behind.
ENTRYPOINT ["tini", "--"]
CMD ["node", "--max-semi-space-size=16", ".next/cenclave-server.mjs"]
