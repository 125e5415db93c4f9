import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { VAS_TOOLS, type VasTool, type VasTools } from '@kerbside/vas';

/** Daemons and filters are often outside an ordinary user's path. */
const SYSTEM = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/local/bin', '/usr/bin', '/bin'];

/** Where an executable of this name is, or undefined. */
export function findTool(name: string, path = process.env['PATH'] ?? ''): string | undefined {
  const directories = [...path.split(delimiter).filter(Boolean), ...SYSTEM];
  return directories.map((directory) => join(directory, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export type ToolPaths = Readonly<Partial<Record<VasTool, string>>>;

export function findVasTools(path?: string): ToolPaths {
  return Object.fromEntries(
    VAS_TOOLS.flatMap((name) => {
      const found = findTool(name, path);
      return found === undefined ? [] : [[name, found]];
    }),
  );
}

export const presenceOf = (paths: ToolPaths): VasTools =>
  Object.fromEntries(VAS_TOOLS.map((name) => [name, paths[name] !== undefined])) as VasTools;
