import { UsageError } from '@kerbside/host';
import { runBatch } from './batch.ts';
import type { Command } from './command.ts';

export const slac: Command = {
  name: 'slac',
  summary: 'decode or encode HomePlug management frames',
  async run(args, io) {
    const { decodeSlacLine, encodeSlacLine } = await import('@kerbside/slac');
    return await runBatch(
      {
        command: 'slac',
        directions: {
          decode: { help: '{"id","hex"} gives {"id","frame"}', answer: decodeSlacLine },
          encode: { help: '{"id","frame"} gives {"id","hex"}', answer: encodeSlacLine },
        },
        single: (direction, text) =>
          direction === 'decode' ? { hex: text } : { frame: parsed(text) },
      },
      args,
      io,
    );
  },
};

/** The JSON of a single message given on the command line. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`the message is not JSON: ${text}`, { cause });
  }
}
