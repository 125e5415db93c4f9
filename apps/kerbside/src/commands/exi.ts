import { UsageError } from '@kerbside/host';
import { runBatch } from './batch.ts';
import type { Command } from './command.ts';
import { parsed } from './slac.ts';

export const exi: Command = {
  name: 'exi',
  summary: 'decode or encode V2G messages in EXI',
  async run(args, io) {
    const { EXI_PROTOCOLS, exiBatch } = await import('@kerbside/iso15118');
    return await runBatch(
      {
        command: 'exi',
        protocols: EXI_PROTOCOLS,
        directions: {
          decode: {
            help: '{"id","protocol","exiHex"} gives {"id","json"}',
            answer: (line) => exiBatch(line, 'decode'),
          },
          encode: {
            help: '{"id","protocol","json"} gives {"id","exiHex"}',
            answer: (line) => exiBatch(line, 'encode'),
          },
        },
        single(direction, text, { protocol }) {
          if (protocol === undefined) {
            throw new UsageError(
              `a single message needs --protocol NAME: ${EXI_PROTOCOLS.join(', ')}`,
            );
          }
          return direction === 'decode'
            ? { protocol, exiHex: text }
            : { protocol, json: parsed(text) };
        },
      },
      args,
      io,
    );
  },
};
