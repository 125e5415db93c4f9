import {
  createHash,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
  X509Certificate,
} from 'node:crypto';
import { type ExplainedNode, receivedElements, type UntypedCodec } from '@kerbside/exi';
import { fromHex, toHex, WireError } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import {
  type CheckingCrypto,
  checkSignature,
  ISO20_SIGNATURE,
  ISO2_SIGNATURE,
  makeSignature,
  type SignatureAlgorithms,
  type SignatureType,
  signedInfoBytes,
  type SigningCrypto,
} from '@kerbside/pki';
import { describe, expect, it } from 'vitest';
import { decodeExi, encodeExi, exiProtocol, explainExi, receivedSignature } from '../src/index.ts';
import { capturedVectors, fixtureVectors, sharedVectors } from './exi-vectors.ts';

const SEED = Number(process.env['KERBSIDE_SEED'] ?? 15118);

const HASHES: Readonly<Record<string, string>> = {
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256': 'sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512': 'sha512',
};
const hash = (algorithm: string, bytes: Uint8Array): Uint8Array | undefined => {
  const name = HASHES[algorithm];
  return name === undefined ? undefined : new Uint8Array(createHash(name).update(bytes).digest());
};
const checking = (key: KeyObject): CheckingCrypto => ({
  digest: hash,
  verify: (algorithm, bytes, value) => {
    const name = HASHES[algorithm];
    return name === undefined
      ? undefined
      : verify(name, bytes, { key, dsaEncoding: 'ieee-p1363' }, value);
  },
});
const signing = (key: KeyObject): SigningCrypto => ({
  digest: (algorithm, bytes) => hash(algorithm, bytes) ?? new Uint8Array(0),
  sign: (algorithm, bytes) =>
    new Uint8Array(sign(HASHES[algorithm] ?? '', bytes, { key, dsaEncoding: 'ieee-p1363' })),
});

/** Every value under a key, wherever it stands. */
function* under(json: unknown, key: string): Generator<unknown> {
  if (typeof json !== 'object' || json === null) return;
  for (const [name, value] of Object.entries(json)) {
    if (name === key) yield value;
    yield* under(value, key);
  }
}
const keyOf = (certificate: unknown): KeyObject =>
  new X509Certificate(Buffer.from(certificate as string, 'base64')).publicKey;

const messages = capturedVectors().map((one) => ({
  ...one,
  bytes: fromHex(one.exiHex),
  json: decodeExi(one.protocol, fromHex(one.exiHex), { facets: 'ignored' }),
}));
const signed = messages.filter(({ json }) => [...under(json, 'SignedInfo')].length > 0);

/** The certificates that stand in messages of the same capture: one of them holds the key of the signer. */
const keysOf = (capture: string): KeyObject[] =>
  messages
    .filter((one) => one.capture === capture)
    .flatMap(({ json }) => [...under(json, 'Certificate'), ...under(json, 'OEMProvisioningCert')])
    .flat()
    .filter((one) => typeof one === 'string')
    .map(keyOf);

/** Whose signature it is, is not asked: what counts are the digests. */
const digestsOnly: CheckingCrypto = { digest: hash, verify: () => true };

describe('signatures that a foreign vehicle and charger made', () => {
  it('are found, their digests right, and those whose certificate is in the capture valid', () => {
    const told = signed.map(({ capture, protocol, bytes }) => {
      const received = receivedSignature(protocol, bytes);
      const digests = received && checkSignature(received, digestsOnly);
      const elements = digests?.valid ? digests.signed.map(({ path }) => path.at(-1)) : [];
      const valid = keysOf(capture).some(
        (key) => received && checkSignature(received, checking(key)).valid,
      );
      return `${capture}: ${elements.join(' ')}, ${valid ? 'valid' : 'key unknown'}`;
    });
    const installed =
      'ContractSignatureCertChain ContractSignatureEncryptedPrivateKey DHpublickey eMAID';
    expect(told.toSorted()).toEqual([
      'josev-iso2-ac-eim-tls: SalesTariff, key unknown',
      'josev-iso2-ac-eim: SalesTariff, key unknown',
      'josev-iso2-dc-eim: SalesTariff, key unknown',
      'josev-iso2-pnc-certinstall: AuthorizationReq, valid',
      'josev-iso2-pnc-certinstall: CertificateInstallationReq, valid',
      `josev-iso2-pnc-certinstall: ${installed}, valid`,
      'josev-iso2-pnc-certinstall: SalesTariff, valid',
      'josev-iso2-pnc-dc-tls: AuthorizationReq, valid',
      'josev-iso2-pnc-dc-tls: SalesTariff, valid',
      'josev-iso2-pnc-tls: AuthorizationReq, valid',
      'josev-iso2-pnc-tls: SalesTariff, valid',
      'josev-iso20-dc-tls13-certinstall: OEMProvisioningCertificateChain, valid',
      'josev-iso20-dc-tls13: PnC_AReqAuthorizationMode, valid',
      'josev-multi: SalesTariff, key unknown',
    ]);
  });

  it('are not valid once a bit of what was signed is another', () => {
    for (const { capture, protocol, bytes, json } of signed) {
      if (protocol !== 'iso2' || [...under(json, 'AuthorizationReq')].length === 0) continue;
      const [GenChallenge] = [...under(json, 'GenChallenge')] as string[];
      const other = JSON.parse(
        JSON.stringify(json).replace(GenChallenge ?? '', 'AAAAAAAAAAAAAAAAAAAAAA=='),
      ) as unknown;
      const received = receivedSignature(protocol, encodeExi(protocol, other));
      for (const key of keysOf(capture))
        expect(received && checkSignature(received, checking(key))).toMatchObject({
          valid: false,
          reason: 'digest',
        });
      expect(bytes.length).toBeGreaterThan(0);
    }
  });
});

describe('a bit of a signed message turned over', () => {
  const known = signed.flatMap(({ capture, protocol, bytes }) => {
    const received = receivedSignature(protocol, bytes);
    const key = keysOf(capture).find(
      (one) => received && checkSignature(received, checking(one)).valid,
    );
    return key ? [{ capture, protocol, bytes, key }] : [];
  });
  /** What the signature covers, by name, as it was received. */
  const covered = (protocol: string, bytes: Uint8Array, key: KeyObject): unknown => {
    const received = receivedSignature(protocol, bytes);
    const checked = received && checkSignature(received, checking(key));
    if (checked?.valid !== true) return undefined;
    const elements = receivedElements(exiProtocol(protocol).codec, bytes);
    return checked.signed.map(({ path }) => [
      path,
      elements.find((one) => one.path.join('/') === path.join('/'))?.value,
    ]);
  };

  it(`is no valid signature over anything else, seed ${SEED}`, { timeout: 120_000 }, () => {
    const random = new SeededRandom(SEED);
    const count = { valid: 0, refused: 0, unreadable: 0 };
    for (const { protocol, bytes, key } of known) {
      const original = covered(protocol, bytes, key);
      expect(original).toBeDefined();
      for (let run = 0; run < 300; run++) {
        const other = bytes.slice();
        const at = random.int(bytes.length);
        other[at] = (other[at] ?? 0) ^ (1 << random.int(8));
        try {
          const now = covered(protocol, other, key);
          count[now === undefined ? 'refused' : 'valid']++;
          // it may stand in a part that nobody signed
          if (now !== undefined) expect(now).toEqual(original);
        } catch (error) {
          if (!(error instanceof WireError)) throw error;
          count.unreadable++;
        }
      }
    }
    expect(known).toHaveLength(10);
    for (const times of Object.values(count)) expect(times).toBeGreaterThan(10);
  });
});

const published = sharedVectors('special').filter(({ tag }) => tag === 'signature-testdata');

describe.skipIf(published.length === 0)(
  'the published signature test data of RISE-V2G (needs ../shared/data/exi-vectors)',
  () => {
    const digests = published
      .filter(({ protocol }) => protocol === 'iso2-fragment')
      .map((vector) => ({ vector, digest: (vector as { sha256?: string }).sha256 }));

    it.each(digests)('$vector.message: fragment and digest', ({ vector, digest }) => {
      const fragment = encodeExi(vector.protocol, vector.expected);
      expect(toHex(fragment)).toBe(vector.exiHex);
      expect(createHash('sha256').update(fragment).digest('hex')).toBe(digest);
    });

    it('SignedInfo holds these digests, and its bytes are those published', () => {
      const vector = published.find(({ message }) => message === 'SignedInfo');
      const { codec } = exiProtocol('xmldsig-fragment');
      const { value } = codec.decodeFragment(fromHex(vector?.exiHex ?? ''));
      const signedInfo = value as SignatureType['SignedInfo'];
      expect(toHex(signedInfoBytes(signedInfo))).toBe(vector?.exiHex);
      expect(signedInfo.Reference.map(({ DigestValue }) => toHex(DigestValue)).toSorted()).toEqual(
        digests.map(({ digest }) => digest).toSorted(),
      );
      expect(digests).toHaveLength(4);
    });
  },
);

/** Each kind of element that the standards sign, in a message of another encoder. */
const SIGNED: readonly (readonly [vectors: string, names: readonly string[]])[] = [
  [
    'iso2',
    [
      'AuthorizationReq',
      'CertificateInstallationReq',
      'CertificateUpdateReq',
      'ContractSignatureCertChain',
      'ContractSignatureEncryptedPrivateKey',
      'DHpublickey',
      'MeteringReceiptReq',
      'SalesTariff',
      'eMAID',
    ],
  ],
  [
    'iso20-common',
    [
      'AbsolutePriceSchedule',
      'OEMProvisioningCertificateChain',
      'PnC_AReqAuthorizationMode',
      'SignedInstallationData',
      'SignedMeteringData',
    ],
  ],
];
const cases = SIGNED.flatMap(([protocol, names]) => names.map((name) => ({ protocol, name })));
const P256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const P521 = generateKeyPairSync('ec', { namedCurve: 'P-521' });

interface Signable {
  readonly codec: UntypedCodec;
  readonly message: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly id: string;
  readonly fragment: Uint8Array;
}

/** A message that has the element, with the element as a fragment. */
function signable(protocol: string, name: string): Signable {
  const { codec } = exiProtocol(protocol);
  const vectors = fixtureVectors(`gen-${protocol}`).filter(({ direction }) => direction === 'both');
  for (const { exiHex } of [...vectors, ...signed.filter((one) => one.protocol === protocol)]) {
    const elements = receivedElements(codec, fromHex(exiHex));
    const found = elements.filter((one) => one.name === name);
    const [element] = found;
    const { element: message, value } = codec.decodeDocument(fromHex(exiHex));
    const id = (element?.value as { Id?: unknown } | undefined)?.Id;
    if (!element || found.length > 1 || typeof id !== 'string') continue;
    // the Ids of the vectors are random: another element may have the same
    if (elements.filter((one) => (one.value as { Id?: unknown }).Id === id).length > 1) continue;
    const fragment = codec.encodeFragment(name, element.type, element.value);
    return { codec, message, value: value as Signable['value'], id, fragment };
  }
  throw new Error(`no vector with a signed ${name}`);
}

const withSignature = (value: Signable['value'], Signature: SignatureType): unknown => ({
  ...value,
  Header: { ...(value['Header'] as object), Signature },
});

describe.each(cases)('a signature over $name ($protocol)', ({ protocol, name }) => {
  const iso2 = protocol === 'iso2';
  const algorithms: SignatureAlgorithms = iso2 ? ISO2_SIGNATURE : ISO20_SIGNATURE;
  const { publicKey, privateKey } = iso2 ? P256 : P521;
  const { codec, message, value, id, fragment } = signable(protocol, name);
  const send = (signature: SignatureType): Uint8Array =>
    codec.encodeDocument(message, withSignature(value, signature));
  const make = (): SignatureType =>
    makeSignature([{ id, fragment }], algorithms, signing(privateKey));
  const check = (bytes: Uint8Array, key: KeyObject = publicKey) => {
    const received = receivedSignature(protocol, bytes);
    return received && checkSignature(received, checking(key));
  };

  it('is valid after its way through the wire, and names the element', () => {
    const signature = make();
    expect(signature.SignatureValue.value).toHaveLength(iso2 ? 64 : 132);
    const checked = check(send(signature));
    expect(checked).toMatchObject({ valid: true });
    expect(checked?.valid === true && checked.signed.map(({ path }) => path.at(-1))).toEqual([
      name,
    ]);
  });

  it('is valid with the canonicalization named without its slash', () => {
    const canonicalization = algorithms.canonicalization.slice(0, -1);
    const other = { ...algorithms, canonicalization };
    const signature = makeSignature([{ id, fragment }], other, signing(privateKey));
    expect(check(send(signature))).toMatchObject({ valid: true });
  });

  it('is valid with SignedInfo signed under the schema set of the message', () => {
    const signature = make();
    const { type } = receivedElements(codec, send(signature)).find(
      (one) => one.name === 'SignedInfo',
    ) ?? { type: codec.rootType(message) };
    const combined = codec.encodeFragment(
      'SignedInfo',
      type as never,
      signature.SignedInfo as never,
    );
    const resigned = signing(privateKey).sign(algorithms.signature, combined);
    const bytes = send({ ...signature, SignatureValue: { value: resigned } });
    expect(toHex(combined)).not.toBe(toHex(signedInfoBytes(signature.SignedInfo)));
    expect(check(bytes)).toMatchObject({ valid: true });
  });

  it('is refused with its reason', () => {
    const signature = make();
    const [reference] = signature.SignedInfo.Reference;
    if (!reference) throw new Error('no reference');
    const altered = (parts: Partial<typeof reference>): SignatureType => ({
      ...signature,
      SignedInfo: { ...signature.SignedInfo, Reference: [{ ...reference, ...parts }] },
    });
    const flipped = reference.DigestValue.map((byte, i) => (i === 5 ? byte ^ 1 : byte));
    expect(check(send(altered({ DigestValue: flipped })))).toMatchObject({ reason: 'digest' });
    expect(check(send(altered({ URI: '#nobody' })))).toMatchObject({ reason: 'reference' });
    expect(check(send(altered({ URI: id })))).toMatchObject({ reason: 'reference' });
    const md5 = { Algorithm: 'http://www.w3.org/2001/04/xmldsig-more#md5' };
    expect(check(send(altered({ DigestMethod: md5 })))).toMatchObject({ reason: 'algorithm' });
    const xslt = { Transform: [{ Algorithm: 'http://www.w3.org/TR/1999/REC-xslt-19991116' }] };
    expect(check(send(altered({ Transforms: xslt })))).toMatchObject({ reason: 'algorithm' });
    const another = generateKeyPairSync('ec', { namedCurve: iso2 ? 'P-256' : 'P-521' });
    expect(check(send(signature), another.publicKey)).toMatchObject({ reason: 'value' });
    const half = { value: signature.SignatureValue.value.slice(1) };
    expect(check(send({ ...signature, SignatureValue: half }))).toMatchObject({ reason: 'value' });
  });
});

const bitsOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');

/** The bits of the first element of a name, its event code included, and where they stand. */
function elementBits(protocol: string, bytes: Uint8Array, name: string) {
  const find = (node: ExplainedNode): ExplainedNode | undefined =>
    node.name === name ? node : node.children.map(find).find((one) => one !== undefined);
  const { root } = explainExi(protocol, bytes);
  const node = root && find(root);
  if (!node) throw new Error(`no ${name}`);
  const end = node.bitOffset + node.bitLength;
  return { from: node.bitOffset, end, bits: bitsOf(bytes).slice(node.bitOffset, end) };
}

describe('a peer that ends an empty value otherwise than we do', () => {
  const protocol = 'iso20-common';
  const { codec } = exiProtocol(protocol);

  it.each(['SignedMeteringData', 'SignedInstallationData', 'OEMProvisioningCertificateChain'])(
    'signs %s over its own bits, and so it is checked',
    (name) => {
      const vector = fixtureVectors(`gen-${protocol}`).find(
        ({ tag, exiHex }) =>
          tag === 'empty-undeclared-ee' &&
          exiHex !== '' &&
          receivedElements(codec, fromHex(exiHex)).some((one) => one.name === name),
      );
      const theirs = fromHex(vector?.exiHex ?? '');
      const element = receivedElements(codec, theirs).find((one) => one.name === name);
      const fragment = element?.fragment(codec) ?? new Uint8Array(0);
      const own = element && codec.encodeFragment(name, element.type, element.value);
      expect(own && toHex(own)).not.toBe(toHex(fragment));
      const { Id = '' } = (element?.value ?? {}) as { Id?: string };
      const signature = makeSignature(
        [{ id: Id, fragment }],
        ISO20_SIGNATURE,
        signing(P521.privateKey),
      );
      // our encoder writes the message with the signature, the peer's bits take the element's place
      const { element: message, value } = codec.decodeDocument(theirs);
      const ours = codec.encodeDocument(
        message,
        withSignature(value as Signable['value'], signature),
      );
      const { from, end } = elementBits(protocol, ours, name);
      const bits =
        bitsOf(ours).slice(0, from) +
        elementBits(protocol, theirs, name).bits +
        bitsOf(ours).slice(end);
      const spliced = Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
        Number.parseInt(bits.slice(8 * at, 8 * at + 8).padEnd(8, '0'), 2),
      );
      const check = (bytes: Uint8Array) => {
        const received = receivedSignature(protocol, bytes);
        return received && checkSignature(received, checking(P521.publicKey));
      };
      expect(check(spliced)).toMatchObject({ valid: true });
      // the same message in our form of the element is not what was signed
      expect(check(ours)).toMatchObject({ valid: false, reason: 'digest' });
    },
  );

  it('has nothing signed in a message without a signature', () => {
    const [vector] = fixtureVectors('gen-iso2').filter(({ tag }) => tag === 'min');
    expect(receivedSignature('iso2', fromHex(vector?.exiHex ?? ''))).toBeUndefined();
  });
});

describe('a signature of references to one long string', () => {
  const { codec } = exiProtocol('iso2');
  const signed = (algorithms: readonly string[]): Uint8Array =>
    encodeExi(
      'iso2',
      {
        V2G_Message: {
          Header: {
            SessionID: '0000000000000000',
            Signature: {
              SignedInfo: {
                CanonicalizationMethod: { Algorithm: '' },
                SignatureMethod: { Algorithm: '' },
                Reference: [
                  {
                    Transforms: { Transform: algorithms.map((Algorithm) => ({ Algorithm })) },
                    DigestMethod: { Algorithm: '' },
                    DigestValue: '',
                  },
                ],
              },
              SignatureValue: { value: '' },
            },
          },
          Body: {},
        },
      },
      { facets: 'ignored' },
    );
  /** The first bit that differs. */
  const difference = (one: Uint8Array, other: Uint8Array): number => {
    const at = one.findIndex((octet, i) => octet !== other[i]);
    return at * 8 + Math.clz32((one[at] as number) ^ (other[at] as number)) - 24;
  };
  /** The empty names after the first one made references to it: length octet 2 becomes 0. */
  const referring = (text: string, count: number): Uint8Array => {
    const empty = Array.from({ length: count }, () => '');
    const bytes = signed([text, ...empty]);
    // octets 2 and 3 differ in their last bit; what tells 2 from 0 is the one before
    const first = difference(bytes, signed([text, 'a', ...empty.slice(1)])) - 1;
    const second = difference(bytes, signed([text, '', 'a', ...empty.slice(2)])) - 1;
    for (let i = 0; i < count; i++) {
      const bit = first + i * (second - first);
      bytes[bit >>> 3] = (bytes[bit >>> 3] as number) & ~(0x80 >>> (bit & 7));
    }
    return bytes;
  };
  const LONG = 'x'.repeat(30_000);

  it('is read where they stand for little', () => {
    const read = decodeExi('iso2', referring('abc', 20), { facets: 'ignored' });
    const names = [...under(read, 'Transform')].flat();
    expect(names).toEqual(Array.from({ length: 21 }, () => ({ Algorithm: 'abc' })));
  });

  it('is refused where they would fill the memory, also as a received signature', () => {
    const bytes = referring(LONG, 1000);
    const refusal = expect.objectContaining({
      code: 'exi.string',
      path: expect.stringMatching(/Transform\[\d+\]\/@Algorithm$/) as string,
    }) as Error;
    expect(() => decodeExi('iso2', bytes)).toThrow(refusal);
    expect(() => receivedSignature('iso2', bytes)).toThrow(refusal);
    expect(() => receivedElements(codec, bytes)).toThrow(refusal);
    expect(explainExi('iso2', bytes).error).toMatchObject({ code: 'exi.string' });
  });
});
