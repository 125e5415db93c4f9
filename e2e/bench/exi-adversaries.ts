import { din, iso2 } from '@kerbside/iso15118';

/** A stream that is meant to take long. */
export interface Adversary {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly decode: (bytes: Uint8Array) => unknown;
}

const SIZE = 8192;
const LOOSE = { facets: 'ignored' } as const;

interface Reference {
  readonly transforms: readonly string[];
}

function signed(references: readonly Reference[], keyInfo?: object): Uint8Array {
  return iso2.encodeIso2(
    {
      Header: {
        SessionID: new Uint8Array(8),
        Signature: {
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
        },
      },
      Body: {},
    } as never,
    LOOSE,
  );
}

/** The longest stream of up to 8 kB that `make` gives for a count, filled up with zeros. */
function filled(make: (count: number) => Uint8Array): Uint8Array {
  let [fits, over] = [1, 2];
  while (make(over).length <= SIZE) [fits, over] = [over, over * 2];
  while (over - fits > 1) {
    const middle = (fits + over) >> 1;
    if (make(middle).length <= SIZE) fits = middle;
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

/** Streams of 8 kB that make a decoder work as much as we know how to. */
export function adversaries(): Adversary[] {
  const decode = iso2.decodeIso2;
  const serials = (count: number): Uint8Array =>
    signed([{ transforms: [] }], {
      X509Data: [
        {
          X509IssuerSerial: Array.from({ length: count }, () => ({
            X509IssuerName: '',
            X509SerialNumber: HUGE,
          })),
        },
      ],
    });
  const list = [
    {
      name: 'an unbounded list',
      bytes: filled((count) => signed(Array.from({ length: count }, () => ({ transforms: [] })))),
    },
    {
      name: 'lists within lists',
      bytes: filled((count) =>
        signed(
          Array.from({ length: count }, () => ({ transforms: ['', '', '', '', '', '', '', ''] })),
        ),
      ),
    },
    { name: 'one string, referred to', bytes: referring(100, 'x') },
    { name: 'a long string, referred to', bytes: referring(2000, '\u0436') },
    { name: 'numbers of 448 bits', bytes: filled(serials) },
    {
      name: 'characters beyond ASCII',
      bytes: filled((count) => signed([{ transforms: ['\u00e9'.repeat(count)] }])),
    },
    {
      name: 'one more than fits',
      bytes: filled((count) =>
        signed(Array.from({ length: count }, () => ({ transforms: [] }))),
      ).fill(0xff, SIZE - 8),
    },
  ];
  return [
    ...list.map((one) => ({ ...one, decode })),
    {
      name: 'only ones',
      bytes: new Uint8Array(SIZE).fill(255).fill(0x80, 0, 1).fill(0x9a, 1, 2),
      decode: din.decodeDin,
    },
  ];
}
