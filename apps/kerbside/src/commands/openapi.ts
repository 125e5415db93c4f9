import { optionHelp, parseCommandLine, UsageError } from '@kerbside/host';
import { version } from '../version.ts';
import type { Command } from './command.ts';

const plans = { help: { help: 'show this' } } as const;

export const openapi: Command = {
  name: 'openapi',
  summary: 'print the OpenAPI document of the REST API',
  async run(args, io) {
    const { options, words } = parseCommandLine(args, plans);
    if (words.length > 0) throw new UsageError(`openapi takes no words, not ${words.join(' ')}`);
    if (options.help) {
      io.out(`kerbside openapi\n\n${optionHelp(plans)}`);
      return 0;
    }
    const { openApiDocument } = await import('@kerbside/contracts');
    io.out(`${JSON.stringify(openApiDocument(version), undefined, 2)}\n`);
    return 0;
  },
};
