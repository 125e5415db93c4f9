import { readFileSync } from 'node:fs';
import { optionHelp, parseCommandLine, unknownWord, UsageError } from '@kerbside/host';
import { PortError } from '@kerbside/kernel';
import type { Command } from './command.ts';

const plans = {
  board: { value: 'ADDRESS', help: 'board of each EVSE: a socket, or HOST:PORT' },
  meter: { value: 'HOST:PORT[/UNIT]', help: 'Modbus TCP meter of each EVSE' },
  kind: { value: 'KIND', help: 'what the outlets deliver: AC (default), DC or AC+DC' },
  fuse: { value: 'AMPS', help: 'per phase on AC, of the output on DC (default 32)' },
  help: { help: 'show this' },
} as const;

const HELP = `kerbside installation import-pyslac FILE --board ADDRESS --meter HOST:PORT[/UNIT]

Prints an installation document made of pySLAC's cs_configuration.json; start the charger with its
name in KERBSIDE_INSTALLATION. {id} in an address stands for the number of the EVSE, from 1. Whatever
is not given here has the charger's defaults.

`;

const port = (text: string | undefined, what: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    throw new UsageError(`${what}: no port ${text}`);
  return value;
};

function boardOf(text: string): object {
  if (text.includes('/')) return { path: text };
  const [, host, at] = /^(.+):(\d+)$/.exec(text) ?? [];
  if (host === undefined) throw new UsageError(`--board ${text}: wanted is a path or HOST:PORT`);
  return { host, port: port(at, '--board') };
}

function meterOf(text: string): object {
  const [, host, at, unit] = /^([^/]+):(\d+)(?:\/(\d+))?$/.exec(text) ?? [];
  if (host === undefined) throw new UsageError(`--meter ${text}: wanted is HOST:PORT[/UNIT]`);
  if (unit !== undefined && Number(unit) > 255) throw new UsageError(`--meter: no unit ${unit}`);
  return { host, port: port(at, '--meter'), unit: Number(unit ?? 1) };
}

/** One address for each EVSE, no two the same. */
function addresses(option: string, template: string, count: number): string[] {
  const all = Array.from({ length: count }, (_, index) =>
    template.replaceAll('{id}', String(index + 1)),
  );
  if (new Set(all).size < count)
    throw new UsageError(`--${option} ${template}: ${count} EVSEs need {id} in it`);
  return all;
}

function readDocument(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PortError('pyslac.unreadable', `cannot read ${file}: ${why}`, { cause });
  }
}

async function importPyslac(file: string, given: ReturnType<typeof parse>): Promise<object> {
  const { board, meter, kind = 'AC', fuse = '32' } = given.options;
  if (board === undefined || meter === undefined)
    throw new UsageError('pySLAC knows no board and no meter: give --board and --meter');
  if (!['AC', 'DC', 'AC+DC'].includes(kind))
    throw new UsageError(unknownWord('kind', kind, ['AC', 'DC', 'AC+DC']));
  if (!(Number(fuse) >= 6 && Number(fuse) <= 1000))
    throw new UsageError(`--fuse ${fuse}: wanted are 6 to 1000 A`);
  const { readPyslacConfiguration } = await import('@kerbside/contracts');
  const read = readPyslacConfiguration(readDocument(file));
  if ('faults' in read) {
    const faults = read.faults.map(({ message }) => message).join('; ');
    throw new PortError('pyslac.invalid', `${file}: ${faults}`);
  }
  const boards = addresses('board', board, read.evses.length);
  const meters = addresses('meter', meter, read.evses.length);
  return {
    evses: read.evses.map((evse, index) => ({
      id: index + 1,
      ...evse,
      kind,
      fuse: Number(fuse),
      board: boardOf(boards[index] ?? ''),
      meter: meterOf(meters[index] ?? ''),
    })),
  };
}

const parse = (args: readonly string[]) => parseCommandLine(args, plans);

export const installation: Command = {
  name: 'installation',
  summary: 'installation import-pyslac: make an installation document',
  async run(args, io) {
    const given = parse(args);
    const [word, file, ...more] = given.words;
    if (given.options.help || word === undefined) {
      io.out(`${HELP}${optionHelp(plans)}`);
      return given.options.help ? 0 : 2;
    }
    if (word !== 'import-pyslac')
      throw new UsageError(unknownWord('word', word, ['import-pyslac']));
    if (file === undefined) throw new UsageError('import-pyslac needs a FILE');
    if (more.length > 0) throw new UsageError(`import-pyslac takes one FILE, not ${more[0]} too`);
    io.out(`${JSON.stringify(await importPyslac(file, given), undefined, 2)}\n`);
    return 0;
  },
};
