// Generates the Prisma clients: `node tools/generate.mjs [--force]`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bin, hashContents, must, readStamp, root, step, writeStamp } from './setup/steps.mjs';

/** The schemas under prisma/, one folder each. */
function schemas() {
  const folder = join(root, 'prisma');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => `prisma/${name}/schema.prisma`)
    .filter((schema) => existsSync(join(root, schema)));
}

/** The folder that a schema's generator writes to. */
function outputOf(schema) {
  const output = /^\s*output\s*=\s*"([^"]+)"/m.exec(readFileSync(join(root, schema), 'utf8'))?.[1];
  return output && resolve(root, dirname(schema), output);
}

/** Generates the client of each schema that changed since the last time. */
export async function generateClients({ force = false } = {}) {
  for (const schema of schemas()) {
    const output = outputOf(schema);
    if (output === undefined) continue;
    const name = schema.split('/')[1];
    const hash = hashContents([schema, 'package-lock.json']);
    if (!force && existsSync(output) && readStamp(`prisma-${name}`) === hash) continue;
    await step(`database client (${name})`, async () => {
      await must(bin('prisma'), ['generate', '--schema', schema, '--no-hints'], {
        // Generation needs no engine binary; without this every command would fetch one.
        env: { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', CHECKPOINT_DISABLE: '1' },
      });
      writeStamp(`prisma-${name}`, hash);
      return 'generated';
    });
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await generateClients({ force: process.argv.includes('--force') });
}
