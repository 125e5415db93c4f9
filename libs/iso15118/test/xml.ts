/** An element of an XML document, as much of it as schema files need. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
}

const PROLOGUE = /<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^[>]*(?:\[[^\]]*\])?\s*>/g;
const TAG = /<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

export function parseXml(text: string): XmlElement {
  const top: XmlElement = { name: '', attributes: {}, children: [] };
  const open = [top];
  for (const [, closing, name, attributes, empty] of text.replace(PROLOGUE, '').matchAll(TAG)) {
    if (closing) open.pop();
    else {
      const element = {
        name: name ?? '',
        attributes: attributesOf(attributes ?? ''),
        children: [],
      };
      open.at(-1)?.children.push(element);
      if (!empty) open.push(element);
    }
  }
  const root = top.children[0];
  if (!root || open.length !== 1) throw new Error('not well-formed XML');
  return root;
}

function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name, double, single] of text.matchAll(ATTRIBUTE))
    found[name as string] = double ?? single ?? '';
  return found;
}

/** The name without its prefix. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
