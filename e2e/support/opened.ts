import { dirname, relative } from 'node:path';
import { repository } from './repository.ts';

/** Where root makes room for them, in a mount namespace of its own. */
const ROOM = '/mnt';

/** Folders that root may keep to itself (a home, one made by mktemp), and where everybody finds them. */
const OPENED: readonly (readonly [folder: string, place: string])[] = [
  [repository, `${ROOM}/kerbside`],
  [dirname(dirname(process.execPath)), `${ROOM}/node`],
];

/** What root runs in a mount namespace so that an ordinary user there may read project and Node.js. */
export const openingCommands: readonly (readonly string[])[] = [
  ['mount', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', ROOM],
  ...OPENED.flatMap(([folder, place]) => [
    ['mkdir', place],
    ['mount', '--bind', folder, place],
  ]),
];

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** The same as one line for a shell. */
export const openingLine = openingCommands
  .map((command) => command.map(quoted).join(' '))
  .join(' && ');

/** Stands before a command of root's: runs it in a mount namespace where everything is opened. */
// prettier-ignore
export const inOpened: readonly string[] = [
  'unshare', '--mount', '--propagation=private', '--',
  'sh', '-c', `${openingLine} && exec "$@"`, 'sh',
];

/** Where an ordinary user finds a file of the project, or `node`, once it is opened. */
export function opened(path: string): string {
  for (const [folder, place] of OPENED) {
    const rest = relative(folder, path);
    if (!rest.startsWith('..')) return `${place}/${rest}`;
  }
  throw new Error(`${path} is neither the project's nor Node.js's`);
}
