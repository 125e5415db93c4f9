# The simulated vehicle of the bench. Not root; one capability, raw Ethernet, which compose.yaml names.
FROM node:20-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN node tools/setup.mjs --build

FROM node:20-bookworm-slim AS packages
WORKDIR /app
COPY . .
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev --workspace @kerbside/vehicle --include-workspace-root=false

FROM node:20-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends libcap2-bin \
 && rm -rf /var/lib/apt/lists/*
RUN cp /usr/local/bin/node /usr/local/bin/kerbside-node \
 && setcap cap_net_raw=+ep /usr/local/bin/kerbside-node
RUN useradd --system --uid 990 --home-dir /data --shell /usr/sbin/nologin kerbside \
 && mkdir -p /data /rig && chown kerbside /data /rig
WORKDIR /app
COPY --from=packages /app/package.json ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /src/libs ./libs
COPY --from=build /src/prisma ./prisma
COPY --from=build /src/apps/vehicle ./apps/vehicle
ENV NODE_ENV=production KERBSIDE_DATA=/data
VOLUME /data

USER kerbside
ENTRYPOINT ["/usr/local/bin/kerbside-node", "--enable-source-maps", "/app/apps/vehicle/dist/main.js"]
