import path from 'node:path';
import { defineConfig } from 'prisma/config';

// which schema a bare `npx prisma ...` works on: charger, csms-sqlite, csms-postgresql
const database = process.env['KERBSIDE_DATABASE'] ?? 'charger';

// no download: the schema engine runs from npm as WebAssembly (development only)
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= path.resolve(
  import.meta.dirname,
  'tools/prisma-schema-engine.mjs',
);
process.env['CHECKPOINT_DISABLE'] ??= '1';

export default defineConfig({
  schema: `prisma/${database}/schema.prisma`,
  migrations: { path: `prisma/${database}/migrations` },
  datasource: { url: process.env['DATABASE_URL'] ?? `file:./.kerbside/dev-${database}.db` },
});
