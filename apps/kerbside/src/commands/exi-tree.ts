import type { ExplainedNode, Explanation } from '@kerbside/exi';
import type { Quantity } from '@kerbside/iso15118';

/** Lines of a message as a tree: for each field the byte and bit where it begins, its bits, value and type. */
export function exiTree(
  { root, spans }: Explanation,
  quantityOf: (node: ExplainedNode) => Quantity | undefined,
): string {
  const rows: (readonly [place: string, what: string])[] = [];
  const visit = (node: ExplainedNode, depth: number): void => {
    const index = node.index === undefined ? '' : `[${node.index}]`;
    const name = `${'  '.repeat(depth)}${node.kind === 'attribute' ? '@' : ''}${node.name}${index}`;
    rows.push([placeOf(node.bitOffset, node.bitLength), `${name}${valueOf(node)}${typeOf(node)}`]);
    for (const child of node.children) visit(child, depth + 1);
  };
  const valueOf = (node: ExplainedNode): string => {
    const quantity = quantityOf(node);
    if (quantity) return ` = ${quantity.text}${quantity.unit ? ` ${quantity.unit}` : ''}`;
    if (node.value === undefined) return '';
    const unit = node.simple?.unit;
    return ` = ${JSON.stringify(node.value)}${unit ? ` ${unit}` : ''}`;
  };
  if (root) visit(root, 0);
  for (const { kind, bitOffset, bitLength } of spans)
    if (kind === 'padding' || kind === 'trailing' || kind === 'unread')
      rows.push([placeOf(bitOffset, bitLength), `(${kind})`]);
  const width = Math.max(0, ...rows.map(([place]) => place.length));
  return rows.map(([place, what]) => `${place.padStart(width)}  ${what}\n`).join('');
}

const placeOf = (bitOffset: number, bitLength: number): string =>
  `${bitOffset >>> 3}.${bitOffset & 7} +${bitLength}`;

function typeOf({ type, dropped }: ExplainedNode): string {
  const said = [...(type === '' ? [] : [type]), ...(dropped ? ['dropped'] : [])];
  return said.length === 0 ? '' : `  (${said.join(', ')})`;
}
