import type {
  AnyType,
  ComplexType,
  Content,
  ElementDeclaration,
  SubstitutionGroup,
} from './complex-type.ts';
import { refuseUnheld } from './held.ts';
import type { Particle } from './particle.ts';
import type { SimpleType } from './simple-type.ts';
import type { InferMembers } from './typed.ts';

/** Puts local elements, which know no namespace yet, into the one of the complex type that holds them. */
function placed(particle: Particle, namespace: string): Particle {
  if (particle.kind === 'element')
    return { ...particle, namespace: particle.namespace ?? namespace };
  if (particle.kind === 'any' || particle.kind === 'substitution') return particle;
  return { ...particle, items: particle.items.map((item) => placed(item, namespace)) };
}

/** Declares types and global elements of one XML namespace. */
export interface XmlNamespace {
  readonly uri: string;
  simpleType<V>(
    name: string,
    of: SimpleType<V>,
    options?: { readonly unit: string },
  ): SimpleType<V>;
  /** Throws `TypeError` for content that values can't hold exactly. */
  complexType<V>(
    name: string,
    content: Content<V>,
    options?: { readonly abstract: boolean },
  ): ComplexType<V>;
  element<V>(
    name: string,
    type: SimpleType<V> | ComplexType<V>,
    options?: { readonly abstract: boolean },
  ): ElementDeclaration<V>;
  /** Global elements of this namespace that may stand for `head`. */
  substitutionGroup<T extends Readonly<Record<string, ComplexType<unknown>>>>(
    head: ElementDeclaration<unknown>,
    members: T,
  ): SubstitutionGroup<InferMembers<T>>;
}

export function xmlNamespace(uri: string): XmlNamespace {
  const element = <V>(
    name: string,
    type: AnyType,
    options = { abstract: false },
  ): ElementDeclaration<V> => ({ kind: 'element', name, namespace: uri, type, ...options });
  return {
    uri,
    simpleType: (name, of, options) => ({ ...of, name, namespace: uri, ...options }),
    complexType<V>(name: string, content: Content<V>, options = { abstract: false }) {
      const particle = content.particle && placed(content.particle, uri);
      refuseUnheld(name, { ...content, particle });
      const type: ComplexType<V> = {
        kind: 'complex',
        name,
        namespace: uri,
        content: { ...content, particle },
        ...options,
      };
      return type;
    },
    element,
    substitutionGroup: (head, members) => ({
      kind: 'group',
      head,
      members: Object.entries(members).map(([name, type]) => element(name, type)),
    }),
  };
}
