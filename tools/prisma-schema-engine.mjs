#!/usr/bin/env node
// Prisma's schema engine without its download: answers the CLI's JSON-RPC on stdio with
// @prisma/schema-engine-wasm over the libsql adapter. Development only (`npx prisma migrate ...`);
// the programs apply migrations with their own runner.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';

const require = createRequire(import.meta.url);
// the adapter is a dependency of libs/store, which npm may install below it
const fromStore = createRequire(new URL('../libs/store/package.json', import.meta.url));
const { PrismaLibSql } = await import(fromStore.resolve('@prisma/adapter-libsql'));

const argv = process.argv.slice(2);
const option = (name) => argv.flatMap((word, at) => (word === name ? [argv[at + 1]] : []));
const url = JSON.parse(option('--datasource')[0] ?? '{}').url ?? 'file:./.kerbside/dev.db';
const file = path.resolve(url.replace(/^file:/, '').replace(/\?.*$/, ''));

const createFile = () => {
  mkdirSync(path.dirname(file), { recursive: true });
  closeSync(openSync(file, 'a'));
};
const removeFile = () => {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
};

function logLine(level, fields) {
  const line = { timestamp: new Date().toISOString(), target: 'schema_engine::logger' };
  console.error(JSON.stringify({ ...line, level, fields }));
}

function runCli(command) {
  console.error('');
  if (command === 'can-connect-to-database') {
    if (existsSync(file)) return logLine('INFO', { message: 'Connection successful' });
    const message = `Database \`${path.basename(file)}\` does not exist`;
    logLine('ERROR', { is_panic: false, error_code: 'P1003', message, meta: {} });
    process.exitCode = 1;
  } else if (command === 'create-database') createFile();
  else if (command === 'drop-database') removeFile();
  else {
    logLine('ERROR', { message: `unsupported command ${command}` });
    process.exitCode = 1;
  }
}

function loadEngine() {
  const panics = { message: '', set_message: (text) => void (panics.message = text) };
  globalThis.PRISMA_WASM_PANIC_REGISTRY = panics;
  const wasm = path.join(
    path.dirname(require.resolve('@prisma/schema-engine-wasm')),
    'schema_engine_bg.wasm',
  );
  const module = new WebAssembly.Module(readFileSync(wasm));
  const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return panics;
}

/** The engine replays whole migration files on the shadow database; drivers prepare one statement. */
function scriptingFactory(base) {
  return {
    provider: base.provider,
    adapterName: base.adapterName,
    connect: () => base.connect(),
    async connectToShadowDb() {
      const adapter = await base.connectToShadowDb();
      const executeRaw = adapter.executeRaw.bind(adapter);
      adapter.executeRaw = async (query) => {
        if (query.args.length > 0) return executeRaw(query);
        await adapter.executeScript(query.sql);
        return 0;
      };
      return adapter;
    },
  };
}

async function serve() {
  const panics = loadEngine();
  mkdirSync(path.dirname(file), { recursive: true });
  const factory = bindMigrationAwareSqlAdapterFactory(
    scriptingFactory(new PrismaLibSql({ url: `file:${file}` })),
  );
  const models = option('--datamodels').map((name) => [name, readFileSync(name, 'utf8')]);
  const datamodels = models.length > 0 ? models : undefined;
  const send = (message) =>
    process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  let engine;
  let printed = 1_000_000;

  async function answer(method, params) {
    if (method === 'createDatabase') {
      createFile();
      return { databaseName: path.basename(file) };
    }
    if (method === 'reset') {
      engine?.free();
      engine = undefined;
      removeFile();
      return {};
    }
    engine ??= await bindings.SchemaEngine.new({ datamodels }, () => {}, factory);
    if (method === 'devDiagnostic' || method === 'diagnoseMigrationHistory') {
      // a database without _prisma_migrations makes these fail (P1014): an empty run creates the table
      const nothing = { ...params.migrationsList, migrationDirectories: [] };
      const filters = params.filters ?? { externalTables: [], externalEnums: [] };
      await engine.applyMigrations({ migrationsList: nothing, filters }).catch(() => {});
    }
    const result = await engine[method](params);
    if (method === 'diff' && result.stdout != null) {
      printed += 1;
      send({ id: printed, method: 'print', params: { content: result.stdout } });
    }
    return result ?? {};
  }

  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = line.trim() ? JSON.parse(line) : {};
    if (!method) continue; // empty, or the CLI's answer to our `print`
    try {
      send({ id, result: await answer(method, params) });
    } catch (error) {
      const data = {
        is_panic: panics.message !== '',
        message: panics.message || String(error?.message ?? error),
        error_code: error?.code ?? error?.error_code ?? null,
        meta: error?.meta ?? null,
      };
      send({
        id,
        error: { code: 4466, message: 'An error happened. Check the data field.', data },
      });
    }
  }
}

if (argv.includes('--version')) console.log('schema-engine-cli wasm');
else if (argv.includes('cli')) runCli(argv[argv.indexOf('cli') + 1]);
else await serve();
process.exit();
