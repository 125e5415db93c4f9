import { readdirSync, readFileSync } from 'node:fs';
import { localName, parseXml, type XmlElement } from './xml.ts';

interface Declared {
  readonly node: XmlElement;
  readonly namespace: string;
  readonly prefixes: Readonly<Record<string, string>>;
}

const BUILT_IN: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  byte: 'integer -128..127',
  short: 'integer -32768..32767',
  int: 'integer -2147483648..2147483647',
  long: 'integer -9223372036854775808..9223372036854775807',
  unsignedByte: 'integer 0..255',
  unsignedShort: 'integer 0..65535',
  unsignedInt: 'integer 0..4294967295',
  unsignedLong: 'integer 0..18446744073709551615',
  integer: 'integer ..',
  string: 'string',
  anyURI: 'string',
  ID: 'string',
  IDREF: 'string',
  hexBinary: 'hexBinary',
  base64Binary: 'base64Binary',
};

const children = (node: XmlElement, ...names: string[]): XmlElement[] =>
  node.children.filter((child) => names.includes(localName(child.name)));

const afterHash = (name: string): string => name.slice(name.lastIndexOf('#') + 1);

/** Schema files of one folder, told in the same words as `tellType` tells declarations. */
export class XsdSet {
  readonly elements = new Map<string, Declared>();
  readonly #types = new Map<string, Declared>();

  constructor(folder: string, files = readdirSync(folder).filter((file) => file.endsWith('.xsd'))) {
    for (const file of files) this.#load(parseXml(readFileSync(`${folder}/${file}`, 'utf8')));
  }

  #load(schema: XmlElement): void {
    const namespace = schema.attributes['targetNamespace'] ?? '';
    const prefixes: Record<string, string> = {};
    for (const [name, uri] of Object.entries(schema.attributes))
      if (name.startsWith('xmlns')) prefixes[name === 'xmlns' ? '' : name.slice(6)] = uri;
    for (const node of schema.children) {
      const into = localName(node.name) === 'element' ? this.elements : this.#types;
      const name = node.attributes['name'];
      if (name !== undefined) into.set(`${namespace}#${name}`, { node, namespace, prefixes });
    }
  }

  #resolve(name: string, { prefixes }: Declared): string {
    const at = name.indexOf(':');
    return `${prefixes[at < 0 ? '' : name.slice(0, at)] ?? ''}#${name.slice(at + 1)}`;
  }

  /** Each named complex type with what it holds. */
  complexTypes(): Map<string, string> {
    const complex = [...this.#types].filter(
      ([, { node }]) => localName(node.name) === 'complexType',
    );
    return new Map(complex.map(([name, declared]) => [name, this.#complex(declared)]));
  }

  /** Each global element with its type, and the elements that may stand for it. */
  tellElement(name: string): string {
    const declared = this.elements.get(name) as Declared;
    return `${this.#isAbstract(declared) ? 'abstract ' : ''}${this.#typeOf(declared)}`;
  }

  /** Of itself, or because its type is. */
  #isAbstract(element: Declared): boolean {
    const { abstract, type } = element.node.attributes;
    const of = type === undefined ? undefined : this.#types.get(this.#resolve(type, element));
    return abstract === 'true' || of?.node.attributes['abstract'] === 'true';
  }

  #typeOf(declared: Declared): string {
    const type = declared.node.attributes['type'];
    if (type !== undefined) return this.#named(this.#resolve(type, declared));
    const [inner] = children(declared.node, 'simpleType', 'complexType');
    const of = { ...declared, node: inner as XmlElement };
    return localName(of.node.name) === 'simpleType' ? this.#simple(of) : this.#complex(of);
  }

  #named(name: string): string {
    const declared = this.#types.get(name);
    if (!declared) return `${afterHash(name)}: ${BUILT_IN[afterHash(name)] ?? '?'}`;
    return localName(declared.node.name) === 'simpleType'
      ? `${afterHash(name)}: ${this.#simple(declared)}`
      : name;
  }

  #simple(declared: Declared): string {
    const [restriction] = children(declared.node, 'restriction');
    const { attributes, children: facets } = restriction as XmlElement;
    const values = children(restriction as XmlElement, 'enumeration').map(
      (one) => one.attributes['value'],
    );
    if (values.length > 0) return `enumeration ${values.join(' ')}`;
    const base = this.#resolve(attributes['base'] ?? '', declared);
    const parent = this.#types.get(base);
    let told = parent ? this.#simple(parent) : (BUILT_IN[afterHash(base)] ?? '?');
    const facet = (name: string): string | undefined =>
      facets.find((one) => localName(one.name) === name)?.attributes['value'];
    if (told.startsWith('integer')) {
      const [min, max] = told.slice(8).split('..');
      return `integer ${facet('minInclusive') ?? min}..${facet('maxInclusive') ?? max}`;
    }
    for (const name of ['length', 'minLength', 'maxLength'])
      if (facet(name) !== undefined) told += ` ${name}=${facet(name)}`;
    return told;
  }

  #complex(declared: Declared): string {
    const { node } = declared;
    const [simple] = children(node, 'simpleContent');
    if (simple) {
      const [extension] = children(simple, 'extension');
      const of = { ...declared, node: extension as XmlElement };
      const text = this.#named(this.#resolve(of.node.attributes['base'] ?? '', of));
      return `${this.#attributes(of)}text ${text}`;
    }
    const mixed = node.attributes['mixed'] === 'true' ? 'mixed ' : '';
    return `${this.#attributes(declared)}${mixed}${tellSequence(this.#items(declared))}`;
  }

  #attributes(declared: Declared): string {
    const [content] = children(declared.node, 'complexContent');
    const [extension] = content ? children(content, 'extension') : [];
    const inherited =
      extension && this.#types.get(this.#resolve(extension.attributes['base'] ?? '', declared));
    const own = children(extension ?? declared.node, 'attribute').map((attribute) => {
      const { name, type, use } = attribute.attributes;
      return `@${name}${use === 'required' ? '' : '?'} ${this.#named(this.#resolve(type ?? '', declared))}; `;
    });
    return `${inherited ? this.#attributes(inherited) : ''}${own.toSorted().join('')}`;
  }

  /** The particles, those of the extended type first. */
  #items(declared: Declared): string[] {
    const [content] = children(declared.node, 'complexContent');
    const [extension] = content ? children(content, 'extension') : [];
    const base =
      extension && this.#types.get(this.#resolve(extension.attributes['base'] ?? '', declared));
    const own = children(extension ?? declared.node, 'sequence', 'choice');
    return [
      ...(base ? this.#items(base) : []),
      ...own.flatMap((group) => this.#particle(group, declared)),
    ];
  }

  #particle(node: XmlElement, within: Declared): string[] {
    const kind = localName(node.name);
    const { minOccurs = '1', maxOccurs = '1', namespace } = node.attributes;
    const times = `{${minOccurs},${maxOccurs}}`;
    if (kind === 'any') return [`any ${namespace} ${times}`];
    if (kind === 'element') return [`${this.#element(node, within)} ${times}`];
    const items = children(node, 'element', 'any', 'sequence', 'choice').map((child) =>
      this.#particle(child, within),
    );
    return tellGroup(kind, items, times);
  }

  #element(node: XmlElement, within: Declared): string {
    const { ref } = node.attributes;
    if (ref === undefined)
      return `${within.namespace}#${node.attributes['name']} = ${this.#typeOf({ ...within, node })}`;
    const head = this.#resolve(ref, within);
    const members = this.membersOf(head);
    const one = (name: string): string => `${name} = ${this.tellElement(name)}`;
    return members.length === 0
      ? one(head)
      : `one of [${[head, ...members].map(one).toSorted().join(' | ')}]`;
  }

  membersOf(head: string): string[] {
    return [...this.elements].flatMap(([name, declared]) => {
      const group = declared.node.attributes['substitutionGroup'];
      if (group === undefined || this.#resolve(group, declared) !== head) return [];
      return [name, ...this.membersOf(name)];
    });
  }
}

/** A group in one wording, whatever superfluous nesting it is declared with. */
export function tellGroup(
  kind: string,
  items: readonly (readonly string[])[],
  times: string,
): string[] {
  const option = (one: readonly string[]): string =>
    one.length === 1 ? (one[0] ?? '') : `(${tellSequence(one)})`;
  const flat = kind === 'sequence' ? items.flat() : items.map(option);
  if (times === '{1,1}' && (kind === 'sequence' || flat.length === 1)) return [...flat];
  if (flat.length === 0) return [];
  const [only = ''] = flat;
  if (flat.length > 1) return [`${kind} (${tellSequence(flat)}) ${times}`];
  return [
    /^(choice|sequence) .*\{1,1\}$/.test(only)
      ? only.replace(/\{1,1\}$/, times)
      : `group (${only}) ${times}`,
  ];
}

export const tellSequence = (items: readonly string[]): string => items.join(', ');
