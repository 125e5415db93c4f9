import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** The patterns of .dockerignore, as far as this repository uses them: names, paths, and a leading double star. */
function ignoredBy(repository) {
  const patterns = readFileSync(path.join(repository, '.dockerignore'), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'));
  return (relative) =>
    patterns.some((pattern) =>
      pattern.startsWith('**/')
        ? relative.split('/').includes(pattern.slice(3))
        : relative === pattern || relative.startsWith(`${pattern}/`),
    );
}

/** COPY: a directory's content goes into the target, a file beside or onto it. */
export function copyFiltered(source, target, intoDirectory, repository) {
  if (!existsSync(source)) throw new Error(`COPY: there is no ${source}`);
  const ignored = repository ? ignoredBy(repository) : () => false;
  const filter = (from) => !repository || !ignored(path.relative(repository, from));
  if (statSync(source).isDirectory()) {
    mkdirSync(target, { recursive: true });
    cpSync(source, target, { recursive: true, verbatimSymlinks: true, filter });
    return;
  }
  const file =
    intoDirectory || (existsSync(target) && statSync(target).isDirectory())
      ? path.join(target, path.basename(source))
      : target;
  mkdirSync(path.dirname(file), { recursive: true });
  cpSync(source, file);
}
