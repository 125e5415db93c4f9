import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

// rolldown comes with vite, and its transformer loads in 20 ms
const fromVite = createRequire(createRequire(import.meta.url).resolve('vite/package.json'));
const { transformSync } = await import(pathToFileURL(fromVite.resolve('rolldown/utils')).href);

/** Strips the types of our own .ts files. */
export async function load(url, context, next) {
  if (!url.startsWith('file:') || !/\.ts(\?|$)/.test(url) || url.includes('/node_modules/'))
    return next(url, context);
  const file = fileURLToPath(url);
  const { code, errors } = transformSync(file, await readFile(file, 'utf8'), { sourcemap: false });
  if (errors?.length) throw new SyntaxError(`${file}: ${errors[0].message}`);
  return { format: 'module', source: code, shortCircuit: true };
}
