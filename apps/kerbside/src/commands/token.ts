import { resolve } from 'node:path';
import { askControl, optionHelp, parseCommandLine, unknownWord, UsageError } from '@kerbside/host';
import { defaultData } from '../launcher/programs.ts';
import type { Command } from './command.ts';

const plans = {
  data: { value: 'DIR', help: 'data directory of the charger (default .kerbside)' },
  scope: {
    value: 'SCOPE',
    help: 'what the token may do; several by commas or repeated',
    multiple: true,
  },
  name: { value: 'NAME', help: 'how the list of tokens names it (default: command line)' },
  help: { help: 'show this' },
} as const;

export const token: Command = {
  name: 'token',
  summary: 'token create: print an API token of the running charger',
  async run(args, io) {
    const { options, words } = parseCommandLine(args, plans);
    const { ALL_PERMISSIONS } = await import('@kerbside/contracts');
    if (options.help || words.length === 0) {
      const scopes = ALL_PERMISSIONS.map((scope) => `  ${scope}\n`).join('');
      io.out(`kerbside token create --scope SCOPE\n\n${optionHelp(plans)}\nScopes:\n${scopes}`);
      return options.help ? 0 : 2;
    }
    if (words[0] !== 'create')
      throw new UsageError(unknownWord('word', words[0] ?? '', ['create']));
    if (words.length > 1) throw new UsageError(`token create takes no words, not ${words[1]}`);
    const scopes = (options.scope ?? []).flatMap((text) => text.split(',')).filter(Boolean);
    if (scopes.length === 0) throw new UsageError('token create needs --scope SCOPE');
    for (const scope of scopes) {
      if ((ALL_PERMISSIONS as readonly string[]).includes(scope)) continue;
      throw new UsageError(unknownWord('scope', scope, ALL_PERMISSIONS));
    }
    const made = await askControl(resolve(options.data ?? defaultData), {
      do: 'token.create',
      name: options.name ?? 'command line',
      scopes,
    });
    io.out(`${made}\n`);
    return 0;
  },
};
