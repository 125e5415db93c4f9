import { isDeepStrictEqual } from 'node:util';
import { ExiValueError, type FacetMode } from '@kerbside/exi';
import { randomValue } from '@kerbside/exi/testing';
import { fromHex, toHex, WireError } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import { decodeExi, encodeExi, EXI_PROTOCOLS, exiProtocol } from '../src/messages/exi-protocol.ts';
import { fixtureNames, fixtureVectors } from './exi-vectors.ts';

export interface Stream {
  readonly protocol: string;
  readonly bytes: Uint8Array;
}

/** Streams of every protocol to begin from: those of other encoders, and ours where there are none. */
function seedStreams(random: SeededRandom): Map<string, Uint8Array[]> {
  const streams = new Map<string, Uint8Array[]>(EXI_PROTOCOLS.map((name) => [name, []]));
  for (const file of fixtureNames().filter((name) => name.startsWith('gen-')))
    for (const { protocol, exiHex } of fixtureVectors(file))
      streams.get(protocol)?.push(fromHex(exiHex));
  for (const [protocol, known] of streams) {
    if (known.length > 0) continue;
    const { codec } = exiProtocol(protocol);
    for (const { name, types } of codec.fragmentElements()) {
      const [type] = types;
      if (!type || name.startsWith('SignatureProp')) continue; // nothing can be put into these
      known.push(codec.encodeFragment(name, type, randomValue(type, random)));
    }
  }
  return streams;
}

/** Mutated and random streams over all schema sets, documents and fragments; repeatable by the seed. */
export class BadStreams {
  readonly #random: SeededRandom;
  readonly #seeds: Map<string, Uint8Array[]>;

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
    this.#seeds = seedStreams(this.#random);
  }

  next(): Stream {
    const random = this.#random;
    const protocol = random.pick(EXI_PROTOCOLS);
    const kind = random.int(8);
    if (kind === 0) return { protocol, bytes: random.bytes(random.int(200)) };
    if (kind === 1) return { protocol, bytes: this.#headed(random.bytes(2 + random.int(300))) };
    // a good stream read as another protocol is a bad one too
    const origin = kind === 2 ? random.pick(EXI_PROTOCOLS) : protocol;
    let bytes = this.#seed(origin);
    for (let times = kind === 2 ? 0 : 1 + random.int(4); times > 0; times--)
      bytes = this.#mutated(bytes, origin);
    return { protocol, bytes };
  }

  #seed(protocol: string): Uint8Array {
    return this.#random.pick(this.#seeds.get(protocol) ?? []).slice();
  }

  #headed(bytes: Uint8Array): Uint8Array {
    bytes[0] = 0x80;
    return bytes;
  }

  #mutated(bytes: Uint8Array, protocol: string): Uint8Array {
    const random = this.#random;
    const at = random.int(bytes.length);
    switch (random.int(8)) {
      case 0:
        return bytes.slice(0, at);
      case 1:
        bytes.set([random.int(256)].slice(0, bytes.length - at), at);
        return bytes;
      case 2:
        return joined(bytes.subarray(0, at), random.bytes(1 + random.int(12)), bytes.subarray(at));
      case 3:
        return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + random.int(8)));
      case 4: {
        const other = this.#seed(protocol);
        return joined(bytes.subarray(0, at), other.subarray(random.int(other.length)));
      }
      case 5: // a length, or a number, that goes on and on
        return joined(
          bytes.subarray(0, at),
          new Uint8Array(1 + random.int(70)).fill(0xff),
          bytes.subarray(at),
        );
      default:
        if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(8));
        return bytes;
    }
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export const MODES: readonly FacetMode[] = ['exact', 'tolerant', 'ignored'];

/**
 * What decoding comes to: a value that stays what it is when it is written and read again, or a `WireError` with its
 * place. All else is thrown on.
 */
export function outcome({ protocol, bytes }: Stream, turn: number): 'value' | 'refused' {
  const facets = MODES[turn % MODES.length] ?? 'exact';
  let json: unknown;
  try {
    json = decodeExi(protocol, bytes, { facets });
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    const { bitOffset, offset } = error;
    if (bitOffset === undefined || bitOffset > bytes.length * 8 || offset !== bitOffset >>> 3)
      throw new Error(`no place in ${toHex(bytes)}`, { cause: error });
    return 'refused';
  }
  let again: Uint8Array;
  try {
    again = encodeExi(protocol, json, { facets });
  } catch (error) {
    // where an abstract head was dropped, something is missing
    if (error instanceof ExiValueError) return 'value';
    throw error;
  }
  if (!isDeepStrictEqual(decodeExi(protocol, again, { facets }), json))
    throw new Error(`another value when written and read again: ${protocol} ${toHex(bytes)}`);
  return 'value';
}
