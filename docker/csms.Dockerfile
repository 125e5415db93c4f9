# The CSMS. Not root.
FROM node:20-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN node tools/setup.mjs --build

FROM node:20-bookworm-slim AS packages
WORKDIR /app
COPY . .
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev --workspace @kerbside/csms --include-workspace-root=false

FROM node:20-bookworm-slim
RUN useradd --system --uid 990 --home-dir /data --shell /usr/sbin/nologin kerbside \
 && mkdir -p /data && chown kerbside /data
WORKDIR /app
COPY --from=packages /app/package.json ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /src/libs ./libs
COPY --from=build /src/prisma ./prisma
COPY --from=build /src/apps/csms ./apps/csms
ENV NODE_ENV=production KERBSIDE_DATA=/data
VOLUME /data
EXPOSE 9000
USER kerbside
ENTRYPOINT ["/usr/local/bin/node", "--enable-source-maps", "/app/apps/csms/dist/main.js"]
