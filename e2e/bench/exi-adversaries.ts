import { ExiValueError } from '@kerbside/exi';
import { encodeV2gtp, iso2 } from '@kerbside/iso15118';

/** A stream that is meant to take long. */
export interface Adversary {
  readonly name: string;
  /** Of those of `decodeExi`. */
  readonly protocol: string;
  readonly bytes: Uint8Array;
}

const SIZE = 8192;
const LOOSE = { facets: 'ignored' } as const;

interface Reference {
  readonly transforms: readonly string[];
}

function signature(references: readonly Reference[], keyInfo?: object): object {
  return {
    SignedInfo: {
      CanonicalizationMethod: { Algorithm: '' },
      SignatureMethod: { Algorithm: '' },
      Reference: references.map(({ transforms }) => ({
        ...(transforms.length > 0 && {
          Transforms: { Transform: transforms.map((Algorithm) => ({ Algorithm })) },
        }),
        DigestMethod: { Algorithm: '' },
        DigestValue: new Uint8Array(0),
      })),
    },
    SignatureValue: { value: new Uint8Array(0) },
    ...(keyInfo && { KeyInfo: keyInfo }),
  };
}

function signed(references: readonly Reference[], keyInfo?: object): Uint8Array {
  const Header = {
    SessionID: new Uint8Array(8),
    Signature: signature(references, keyInfo),
  };
  return iso2.encodeIso2({ Header, Body: {} } as never, LOOSE);
}

function fragment(references: readonly Reference[], keyInfo?: object): Uint8Array {
  const [element] = iso2.iso2Codec.fragmentElements('Signature');
  const value = signature(references, keyInfo) as never;
  return iso2.iso2Codec.encodeFragment('Signature', element?.types[0] as never, value, LOOSE);
}

/** The longest stream of up to 8 kB that `make` gives for a count and may be written at all, filled up with zeros. */
function filled(make: (count: number) => Uint8Array): Uint8Array {
  const fitting = (count: number): Uint8Array | undefined => {
    try {
      const made = make(count);
      return made.length <= SIZE ? made : undefined;
    } catch (error) {
      if (error instanceof ExiValueError) return undefined; // a list that is too long
      throw error;
    }
  };
  let [fits, over] = [1, 2];
  while (fitting(over)) [fits, over] = [over, over * 2];
  while (over - fits > 1) {
    const middle = (fits + over) >> 1;
    if (fitting(middle)) fits = middle;
    else over = middle;
  }
  const bytes = new Uint8Array(SIZE);
  bytes.set(make(fits));
  return bytes;
}

const bitsOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');

const firstDifference = (a: string, b: string): number => {
  let at = 0;
  while (a[at] === b[at]) at++;
  return at;
};

/** One long string, and in place of each empty one after it a reference to it. */
function referring(length: number, character: string): Uint8Array {
  const long = character.repeat(length);
  const stream = (count: number, ...more: readonly string[]): Uint8Array => {
    const transforms = [long, ...more, ...Array.from({ length: count - more.length }, () => '')];
    return signed(
      Array.from({ length: Math.ceil(transforms.length / 1000) }, (_, i) => ({
        transforms: transforms.slice(i * 1000, (i + 1) * 1000),
      })),
    );
  };
  const bytes = filled((count) => stream(count + 2)).slice();
  const count = 900;
  const plain = bitsOf(stream(count));
  // a length of 1 in place of 0 differs in the last bit of its octet first
  const first = firstDifference(plain, bitsOf(stream(count, 'a')));
  const second = firstDifference(plain, bitsOf(stream(count, '', 'a')));
  for (let at = first; at < SIZE * 8; at += second - first) {
    const octet = at - 7;
    const expected = Number.parseInt(
      bitsOf(bytes.subarray(octet >> 3, (octet >> 3) + 2)).slice(octet & 7, (octet & 7) + 8),
      2,
    );
    if (expected !== 2) break;
    // 2 becomes 0: the only string that this element had so far
    const bit = at - 1;
    bytes[bit >> 3] = (bytes[bit >> 3] as number) & ~(128 >> (bit & 7));
  }
  return bytes;
}

const HUGE = 2n ** 448n - 1n;

const empty = (count: number): Reference[] =>
  Array.from({ length: count }, () => ({ transforms: [] }));
const nested = (count: number): Reference[] =>
  Array.from({ length: count }, () => ({ transforms: ['', '', '', '', '', '', '', ''] }));
const serials = (count: number): object => ({
  X509Data: [
    {
      X509IssuerSerial: Array.from({ length: count }, () => ({
        X509IssuerName: '',
        X509SerialNumber: HUGE,
      })),
    },
  ],
});

/** Streams of 8 kB that make a decoder work as much as we know how to. */
export function adversaries(): Adversary[] {
  const foreign = (count: number): Reference[] => [{ transforms: ['\u00e9'.repeat(count)] }];
  const documents = [
    { name: 'an unbounded list', bytes: filled((count) => signed(empty(count))) },
    { name: 'lists within lists', bytes: filled((count) => signed(nested(count))) },
    { name: 'one string, referred to', bytes: referring(100, 'x') },
    { name: 'a long string, referred to', bytes: referring(2000, '\u0436') },
    { name: 'numbers of 448 bits', bytes: filled((count) => signed(empty(1), serials(count))) },
    { name: 'characters beyond ASCII', bytes: filled((count) => signed(foreign(count))) },
    {
      name: 'one more than fits',
      bytes: filled((count) => signed(empty(count))).fill(0xff, SIZE - 8),
    },
  ];
  const fragments = [
    { name: 'an unbounded list', bytes: filled((count) => fragment(empty(count))) },
    { name: 'lists within lists', bytes: filled((count) => fragment(nested(count))) },
    { name: 'numbers of 448 bits', bytes: filled((count) => fragment(empty(1), serials(count))) },
    { name: 'characters beyond ASCII', bytes: filled((count) => fragment(foreign(count))) },
  ];
  const ones = (second: number): Uint8Array =>
    new Uint8Array(SIZE).fill(0xff).fill(0x80, 0, 1).fill(second, 1, 2);
  return [
    ...documents.map((one) => ({ ...one, protocol: 'iso2' })),
    ...fragments.map((one) => ({ ...one, protocol: 'iso2-fragment' })),
    { name: 'only ones', protocol: 'din', bytes: ones(0x9a) },
    { name: 'only ones', protocol: 'sap', bytes: ones(0x00) },
  ];
}

/** 8 kB of V2GTP that hold as much work for who cuts it. */
export function adversaryFrames(): { readonly name: string; readonly bytes: Uint8Array }[] {
  const short = encodeV2gtp('exi', Uint8Array.of(0x80));
  const many = new Uint8Array(SIZE - (SIZE % short.length));
  for (let at = 0; at < many.length; at += short.length) many.set(short, at);
  const long = encodeV2gtp('exi', new Uint8Array(SIZE - 8));
  return [
    { name: 'as many as fit', bytes: many },
    { name: 'one message', bytes: long },
  ];
}
