// `npm run vectors`: counts the vectors of the repository by message type and writes the table of docs/exi.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { fromHex } from '@kerbside/kernel';
import { decodeExi, din, EXI_PROTOCOLS, exiProtocol, iso2 } from '../src/index.ts';
import { capturedVectors, fixtureNames, fixtureVectors } from './exi-vectors.ts';

/** A stream that an encoder other than ours made. */
export interface Counted {
  readonly protocol: string;
  readonly exiHex: string;
}

/** What the standards sign, and SignedInfo: fragments that vectors must be there for. */
const SIGNED: Readonly<Record<string, readonly string[]>> = {
  'iso2-fragment': [
    'AuthorizationReq',
    'CertificateInstallationReq',
    'CertificateUpdateReq',
    'ContractSignatureCertChain',
    'ContractSignatureEncryptedPrivateKey',
    'DHpublickey',
    'MeteringReceiptReq',
    'SalesTariff',
    'SignedInfo',
    'eMAID',
  ],
  'iso20-common-fragment': [
    'AbsolutePriceSchedule',
    'OEMProvisioningCertificateChain',
    'PnC_AReqAuthorizationMode',
    'SignedInfo',
    'SignedInstallationData',
    'SignedMeteringData',
  ],
  'iso20-ac-fragment': ['AC_ChargeParameterDiscoveryRes'],
  'iso20-dc-fragment': ['DC_ChargeParameterDiscoveryRes'],
  'xmldsig-fragment': ['SignedInfo'],
};

/** The message types of a protocol's documents, or the signed elements of its fragments. */
function typesOf(protocol: string): readonly string[] {
  if (protocol.endsWith('-fragment')) return SIGNED[protocol] ?? [];
  const bodies = { din: din.BodyElement.members, iso2: iso2.BodyElement.members }[protocol];
  return bodies ? bodies.map(({ name }) => name) : exiProtocol(protocol).codec.set.rootNames;
}

function messageOf({ protocol, exiHex }: Counted): string {
  const json = decodeExi(protocol, fromHex(exiHex), { facets: 'ignored' });
  const [root = ''] = Object.keys(json);
  const body = (json[root] as { readonly Body?: object } | undefined)?.Body;
  return root === 'V2G_Message' ? (Object.keys(body ?? {})[0] ?? 'an empty body') : root;
}

/** Vectors by protocol and message type; a type without any counts 0. */
export function countVectors(vectors: readonly Counted[]): Map<string, Map<string, number>> {
  const counts = new Map(
    EXI_PROTOCOLS.map((protocol) => [
      protocol,
      new Map(typesOf(protocol).map((name) => [name, 0])),
    ]),
  );
  for (const vector of vectors) {
    const of = counts.get(vector.protocol);
    const message = messageOf(vector);
    of?.set(message, (of.get(message) ?? 0) + 1);
  }
  return counts;
}

/** The vectors that come with the repository. */
export const ownVectors = (): Counted[] => [
  ...fixtureNames()
    .flatMap(fixtureVectors)
    .filter(({ tier }) => tier !== 'negative'),
  ...capturedVectors(),
];

/** Message types that have no vector. */
export const lacking = (counts: ReadonlyMap<string, ReadonlyMap<string, number>>): string[] =>
  [...counts].flatMap(([protocol, of]) =>
    [...of].flatMap(([message, count]) => (count === 0 ? [`${protocol} ${message}`] : [])),
  );

/** The table as Markdown: protocols with message types, each with its number of vectors. */
export function vectorTable(counts: ReadonlyMap<string, ReadonlyMap<string, number>>): string {
  const rows = [...counts].flatMap(([protocol, of]) => {
    if (of.size === 0) return [];
    const total = [...of.values()].reduce((sum, count) => sum + count, 0);
    const each = [...of].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const told = each.map(([message, count]) => `${message} ${count}`).join(', ');
    return [
      `- \`${protocol}\`: ${of.size} type${of.size === 1 ? '' : 's'}, ${total} vectors: ${told}`,
    ];
  });
  return rows.join('\n');
}

export const BEGIN = '<!-- vectors: npm run vectors -->';
export const END = '<!-- /vectors -->';
export const DOCUMENT = new URL('../../../docs/exi.md', import.meta.url);

/** The table that stands in the document. */
export function tableIn(document: string): string {
  return document.slice(document.indexOf(BEGIN) + BEGIN.length, document.indexOf(END)).trim();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const document = readFileSync(DOCUMENT, 'utf8');
  const table = vectorTable(countVectors(ownVectors()));
  const [before = ''] = document.split(BEGIN);
  const after = document.slice(document.indexOf(END));
  writeFileSync(DOCUMENT, `${before}${BEGIN}\n\n${table}\n\n${after}`);
}
