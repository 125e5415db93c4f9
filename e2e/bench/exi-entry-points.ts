import {
  decodeExi,
  exiBatchLine,
  exiFrames,
  exiProtocol,
  explainExi,
  receivedSignature,
  recogniseBareExi,
  V2gtpFramer,
} from '@kerbside/iso15118';
import { toHex } from '@kerbside/kernel';
import { type Adversary, adversaries, adversaryFrames } from './exi-adversaries.ts';

/** One way of a peer's bytes into Kerbside, with bytes that are meant to keep it busy. */
export interface EntryPoint {
  /** What takes the bytes. */
  readonly by: string;
  /** Which bytes. */
  readonly of: string;
  readonly run: () => unknown;
}

const isDocument = ({ protocol }: Adversary): boolean => !protocol.endsWith('-fragment');

/** The codec itself, as the SECC and signatures ask it: compiled, and walking the grammar. */
function codecs(adversary: Adversary, other?: string): EntryPoint[] {
  const { bytes } = adversary;
  const { codec, form } = exiProtocol(other ?? adversary.protocol);
  const decode = form === 'document' ? 'decodeDocument' : 'decodeFragment';
  const by = form === 'document' ? 'decode' : 'decode a fragment';
  const of = other === undefined ? adversary.name : `${adversary.name}, as ${other}`;
  return [
    { by, of, run: () => codec[decode](bytes) },
    { by: `${by}, interpreted`, of, run: () => codec[decode](bytes, { interpret: true }) },
  ];
}

/** What is asked of bytes whose protocol is known, by tools and by who checks signatures. */
function tools({ name: of, protocol, bytes }: Adversary): EntryPoint[] {
  const line = JSON.stringify({ protocol, exiHex: toHex(bytes) });
  const both: EntryPoint[] = [
    {
      by: 'decode to JSON, facets ignored',
      of,
      run: () => decodeExi(protocol, bytes, { facets: 'ignored' }),
    },
    { by: 'explain', of, run: () => explainExi(protocol, bytes) },
    { by: 'line of a batch', of, run: () => exiBatchLine(line) },
  ];
  if (protocol.endsWith('-fragment')) return both;
  return [
    ...both,
    { by: 'recognise', of, run: () => recogniseBareExi(bytes) },
    { by: 'received signature', of, run: () => receivedSignature(protocol, bytes) },
  ];
}

/** V2GTP: `step` bytes arrive at a time. */
function framed(bytes: Uint8Array, step: number): void {
  const framer = new V2gtpFramer();
  for (let at = 0; at < bytes.length; at += step) {
    framer.push(bytes.subarray(at, at + step));
    while (framer.next());
  }
}

/** Every way that a peer's bytes take, with each of the adversaries that can go there. */
export function entryPoints(): EntryPoint[] {
  const all = adversaries();
  return [
    ...all.flatMap((one) => codecs(one)),
    // what a handshake agreed on does not bind who sends
    ...all
      .filter(isDocument)
      .flatMap((one) =>
        ['sap', 'din', 'iso20-common', 'iso20-dc', 'iso2-fragment', 'xmldsig-fragment'].flatMap(
          (other) => codecs(one, other),
        ),
      ),
    ...all.flatMap(tools),
    ...adversaryFrames().flatMap(({ name: of, bytes }) => [
      { by: 'cut V2GTP', of, run: () => framed(bytes, bytes.length) },
      { by: 'cut V2GTP, byte by byte', of, run: () => framed(bytes, 1) },
      { by: 'cut a file of V2GTP', of, run: () => [...exiFrames(bytes)] },
    ]),
  ];
}
