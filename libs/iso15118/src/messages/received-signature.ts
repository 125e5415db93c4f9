import {
  ExiCodec,
  ExiValueError,
  type ReceivedElement,
  receivedElements,
  type UntypedCodec,
} from '@kerbside/exi';
import { equalBytes } from '@kerbside/kernel';
import {
  type ReceivedSignature,
  type SignableElement,
  type SignatureType,
  xmldsigSet,
} from '@kerbside/pki';
import { exiProtocol } from './exi-protocol.ts';

const xmldsigCodec: UntypedCodec = new ExiCodec(xmldsigSet);

/**
 * The signature in the header of a message with the bytes that it may be about: of each element with an Id, and of
 * SignedInfo, first as the peer wrote it, then as we would. `undefined`: the message is not signed. Throws `WireError`.
 */
export function receivedSignature(
  protocol: string,
  bytes: Uint8Array,
): ReceivedSignature | undefined {
  const { codec } = exiProtocol(protocol);
  const elements = receivedElements(codec, bytes);
  const inHeader = ({ path }: ReceivedElement, ...names: string[]): boolean =>
    path.slice(-1 - names.length).join('/') === ['Header', ...names].join('/');
  const signature = elements.find((one) => inHeader(one, 'Signature'));
  const signedInfo = elements.find((one) => inHeader(one, 'Signature', 'SignedInfo'));
  if (!signature || !signedInfo) return undefined;
  return {
    signature: signature.value as SignatureType,
    // XML Signature alone is what stands in the standards and what most sign under; some take their message's set
    signedInfoForms: [xmldsigCodec, codec].flatMap((under) => formsOf(signedInfo, under)),
    elements: elements.flatMap((element): SignableElement[] => {
      const id = idOf(element);
      if (id === undefined || element.path.includes('Signature')) return [];
      return [{ id, path: element.path, forms: formsOf(element, codec) }];
    }),
  };
}

function idOf({ value }: ReceivedElement): string | undefined {
  if (typeof value !== 'object' || value === null || !('Id' in value)) return undefined;
  return typeof value.Id === 'string' ? value.Id : undefined;
}

function formsOf(element: ReceivedElement, under: UntypedCodec): Uint8Array[] {
  const received = element.fragment(under);
  const own = ownForm(element, under);
  if (!received || !own) return [received ?? own].filter((form) => form !== undefined);
  return equalBytes(received, own) ? [received] : [received, own];
}

/** A peer may write an element otherwise in its message than where it signs it: then as everybody does. */
function ownForm(
  { name, type, value }: ReceivedElement,
  under: UntypedCodec,
): Uint8Array | undefined {
  try {
    return under.encodeFragment(name, type, value, { facets: 'ignored' });
  } catch (error) {
    if (error instanceof ExiValueError) return undefined;
    throw error;
  }
}
