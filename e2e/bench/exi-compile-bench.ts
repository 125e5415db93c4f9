// How long EXI takes to get ready, in a process that has done nothing before; the answer is one line of JSON.
// `node e2e/bench/exi-compile-bench.ts first|compile`
const milliseconds = (from: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
};

/** -2 CurrentDemandReq. */
const MESSAGE = '809802268d8135d021880f10d1001401861900201881840601861900204142a118442102907000';

async function first(): Promise<unknown> {
  const { iso2 } = await import('@kerbside/iso15118');
  const bytes = Uint8Array.from(Buffer.from(MESSAGE, 'hex'));
  let began = process.cpuUsage();
  const value = iso2.decodeIso2(bytes);
  const decode = milliseconds(began);
  began = process.cpuUsage();
  iso2.encodeIso2(value);
  return { decode, encode: milliseconds(began) };
}

async function compile(): Promise<unknown> {
  const { compiled, compileSet } = await import('@kerbside/exi/testing');
  const { din, iso2, iso20, sapCodec } = await import('@kerbside/iso15118');
  const { commonMessagesCodec, acCodec, dcCodec, acdpCodec, wptCodec } = iso20;
  const codecs = [sapCodec, din.dinCodec, iso2.iso2Codec, commonMessagesCodec];
  return [...codecs, acCodec, dcCodec, acdpCodec, wptCodec].map(({ set }) => {
    const before = { ...compiled };
    const began = process.cpuUsage();
    compileSet(set);
    return {
      name: set.name,
      milliseconds: milliseconds(began),
      functions: compiled.functions - before.functions,
      characters: compiled.characters - before.characters,
    };
  });
}

const what = { first, compile }[process.argv[2] ?? ''];
if (what) console.log(JSON.stringify(await what()));
