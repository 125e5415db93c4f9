import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** A file of the project by its path from the folder. */
export const inRepository = (path: string): string => `${repository}/${path}`;

/** Why namespaces can't be made here; undefined where they can. For `describe.skipIf` and its title. */
export const noNamespaces: string | undefined =
  process.getuid?.() === 0 ? undefined : 'needs root, for network namespaces';
