import { createReadStream, statSync } from 'node:fs';
import { parseCommandLine, optionHelp, unknownWord, UsageError } from '@kerbside/host';
import type { Command } from './command.ts';
import { ExiRun, type ExiOptions } from './exi-run.ts';

const plans = {
  protocol: { value: 'NAME', help: 'protocol, where the message does not tell' },
  file: { value: 'FILE', multiple: true, help: 'read this file; may be given more than once' },
  explain: { help: 'decode: show a tree, with the bits of each field' },
  'keep-going': { help: 'answer each message; a bad one does not end it' },
  help: { help: 'show this' },
} as const;

export const exi: Command = {
  name: 'exi',
  summary: 'decode or encode V2G messages in EXI',
  async run(args, io) {
    const { EXI_PROTOCOLS, exiTools } = await loaded();
    const { options, words } = parseCommandLine(args, plans);
    const [direction, message, ...more] = words;
    if (options.help || direction === undefined) {
      io.out(helpText(EXI_PROTOCOLS));
      return options.help ? 0 : 2;
    }
    if (direction !== 'decode' && direction !== 'encode')
      throw new UsageError(unknownWord('word', direction, ['decode', 'encode']));
    if (more.length > 0) throw new UsageError(`one message at a time, not also ${more.join(' ')}`);
    const { protocol, file: files = [], explain = false } = options;
    if (protocol !== undefined && !EXI_PROTOCOLS.includes(protocol))
      throw new UsageError(unknownWord('protocol', protocol, EXI_PROTOCOLS));
    if (message !== undefined && files.length > 0)
      throw new UsageError('a message or files, not both');
    if (explain && direction === 'encode') throw new UsageError('--explain is for decode');
    const chosen: ExiOptions = {
      direction,
      explain,
      keepGoing: options['keep-going'] ?? false,
      ...(protocol !== undefined && { protocol }),
    };
    const run = new ExiRun(chosen, io, exiTools);
    if (message !== undefined) return run.single(message);
    if (files.length === 0) return await run.input(io.input, '');
    return await ofFiles(run, files);
  },
};

/** The codecs are read only when they are wanted: the other commands start without them. */
async function loaded() {
  const exiTools = await import('@kerbside/iso15118');
  return { EXI_PROTOCOLS: exiTools.EXI_PROTOCOLS, exiTools };
}

async function ofFiles(run: ExiRun, files: readonly string[]): Promise<number> {
  for (const file of files) {
    const code = fileProblem(file);
    if (code !== undefined) throw new UsageError(`${file}: ${code}`);
  }
  for (const file of files) {
    const code = await run.input(createReadStream(file), file);
    if (code !== 0 || run.ended) return code;
  }
  return 0;
}

function fileProblem(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return 'no such file';
  return found.isDirectory() ? 'is a directory' : undefined;
}

const helpText = (protocols: readonly string[]): string => `\
kerbside exi decode|encode [MESSAGE]

One message as argument, else files, else standard input:
  kerbside exi decode HEX         a message in hex gives JSON
  kerbside exi encode JSON        a message in JSON gives hex
  kerbside exi decode < FILE      a message in EXI, V2GTP messages one after the other, or lines
  kerbside exi encode < FILE      lines

A line to decode is hex, or {"id","protocol","exiHex"}, and gives {"id","json"}; one to encode is
{"id","protocol","json"}, and gives {"id","exiHex"}. The id of a line in hex is its number, that of a
V2GTP message the byte where it begins. Handshake, DIN SPEC 70121 and ISO 15118-2 are recognised by
their first bytes, ISO 15118-20 by the payload type of V2GTP.

Errors go to standard error, with the bit where the message is wrong, and exit code 1.

${optionHelp(plans)}
Protocols: ${protocols.join(', ')}
`;
