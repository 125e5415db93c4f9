# The appliance: charger and admin UI. Not root; three capabilities, which compose.yaml names.
FROM node:20-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN node tools/setup.mjs --build

FROM node:20-bookworm-slim AS packages
WORKDIR /app
COPY . .
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev --workspace @kerbside/charger --include-workspace-root=false

# raw IP sockets, for the self-test of the internet service: compiled here, so that no compiler is in the image
FROM node:20-bookworm-slim AS native
RUN apt-get update \
 && apt-get install -y --no-install-recommends g++ make python3 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev --workspaces=false \
 && cd node_modules/raw-socket \
 && node /usr/local/lib/node_modules/npm/node_modules/node-gyp/bin/node-gyp.js rebuild --nodedir=/usr/local

FROM node:20-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends iproute2 iptables nftables conntrack radvd udhcpd busybox libcap2-bin \
 && rm -rf /var/lib/apt/lists/*
# file capabilities give an ordinary user what systemd gives a service; this copy of setpriv alone has them, and
# hands them on as ambient ones, so that ip, iptables, radvd and udhcpd have them too
RUN cp /usr/bin/setpriv /usr/local/bin/kerbside-capabilities \
 && setcap cap_net_raw,cap_net_admin,cap_net_bind_service=+ep /usr/local/bin/kerbside-capabilities
RUN useradd --system --uid 990 --home-dir /data --shell /usr/sbin/nologin kerbside \
 && mkdir -p /data /rig && chown kerbside /data /rig
WORKDIR /app
COPY --from=packages /app/package.json ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=native /app/node_modules/raw-socket/package.json /app/node_modules/raw-socket/index.js ./node_modules/raw-socket/
COPY --from=native /app/node_modules/raw-socket/build/Release/raw.node ./node_modules/raw-socket/build/Release/
COPY --from=build /src/libs ./libs
COPY --from=build /src/prisma ./prisma
COPY --from=build /src/apps/charger ./apps/charger
COPY --from=build /src/apps/admin/dist ./apps/admin/dist
ENV NODE_ENV=production KERBSIDE_DATA=/data KERBSIDE_LISTEN=0.0.0.0:8080 KERBSIDE_ADMIN_UI=/app/apps/admin/dist
ENV MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=131072
VOLUME /data
EXPOSE 8080
USER kerbside
ENTRYPOINT ["/usr/local/bin/kerbside-capabilities", "--inh-caps=+net_raw,+net_admin,+net_bind_service", "--ambient-caps=+net_raw,+net_admin,+net_bind_service", "--", "/usr/local/bin/node", "--enable-source-maps", "--max-semi-space-size=2", "/app/apps/charger/dist/main.js"]
