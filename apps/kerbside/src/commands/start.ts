import { optionHelp, parseCommandLine, UsageError } from '@kerbside/host';
import { runBench } from '../launcher/bench.ts';
import { builtPrograms, defaultData, type Programs } from '../launcher/programs.ts';
import { progressOn } from '../launcher/progress.ts';
import { startOptions, startPlans } from '../launcher/start-options.ts';
import type { Command, CommandIo } from './command.ts';
import { runProgram } from './program.ts';

/** Only the bench has these. */
const BENCH_ONLY = ['no-vehicle', 'no-csms', 'evses', 'uplink', 'verbose'] as const;

export const start: Command = {
  name: 'start',
  summary: 'start the charger; with --bench also rig, vehicle and CSMS',
  run: (args, io) => runStart(args, io, builtPrograms),
};

/** Starts the bench from these programs, or the appliance. */
export async function runStart(
  args: readonly string[],
  io: CommandIo,
  programs: Programs,
): Promise<number> {
  const { options: given, words } = parseCommandLine(args, startPlans);
  if (words.length > 0) throw new UsageError(`start takes no words, not ${words.join(' ')}`);
  if (given.help) {
    io.out(`kerbside start [--bench]\n\n${optionHelp(startPlans)}`);
    return 0;
  }
  const options = startOptions(given, defaultData);
  if (given.bench) {
    const progress = progressOn(io.out, () => performance.now());
    return await runBench({ options, args, programs, progress });
  }
  const unfit = BENCH_ONLY.find((name) => given[name] !== undefined);
  if (unfit) throw new UsageError(`--${unfit} is for the bench: add --bench`);
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  const places = {
    KERBSIDE_DATA: options.data,
    KERBSIDE_LISTEN: `${host}:${options.port ?? 8080}`,
  };
  const said = {
    ...(given.data === undefined ? {} : { KERBSIDE_DATA: places.KERBSIDE_DATA }),
    ...(given.port === undefined && given.listen === undefined
      ? {}
      : { KERBSIDE_LISTEN: places.KERBSIDE_LISTEN }),
    ...(given.id === undefined ? {} : { KERBSIDE_CP_ID: options.id }),
    ...(given.evse === undefined ? {} : { KERBSIDE_EVSES: given.evse }),
    ...(options.csmsUrl === undefined ? {} : { KERBSIDE_CSMS_URL: options.csmsUrl }),
  };
  return await runProgram(programs.charger, [], { given: said, otherwise: places });
}
