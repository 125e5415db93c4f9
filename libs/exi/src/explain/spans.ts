import type { Trace } from './trace.ts';
import type { TracedNode } from './tracing-decoder.ts';

/** A run of bits and what it is; the spans of a stream tile it without gap or overlap. */
export interface Span {
  /** `event`: codes that say what comes next; `unread`: what follows an error; `trailing`: bytes after the end. */
  readonly kind: 'header' | 'event' | 'value' | 'padding' | 'trailing' | 'unread';
  readonly bitOffset: number;
  readonly bitLength: number;
  /** The element or attribute, as in the path of a `WireError`; empty outside the root element. */
  readonly path: string;
}

/** Every bit of a stream, from the first to the last. */
export function spansOf(trace: Trace): Span[] {
  const spans: Span[] = [];
  let at = 0;
  const upTo = (end: number, kind: Span['kind'], path: string): void => {
    if (end <= at) return;
    spans.push({ kind, bitOffset: at, bitLength: end - at, path });
    at = end;
  };
  const visit = (node: TracedNode, parent: string): void => {
    const path = pathOf(node, parent);
    upTo(node.contentOffset, 'event', path);
    const parts = [
      ...node.values.map((value) => ({ at: value.bitOffset, value, child: undefined })),
      ...node.children.map((child) => ({ at: child.bitOffset, value: undefined, child })),
    ].toSorted((a, b) => a.at - b.at);
    for (const { value, child } of parts)
      if (child) visit(child, path);
      else {
        upTo(value.bitOffset, 'event', path);
        upTo(value.bitEnd, 'value', path);
      }
    upTo(node.bitEnd, 'event', path);
  };
  if (trace.root) {
    upTo(8, 'header', '');
    visit(trace.root, '');
  }
  const length = trace.bytes.length * 8;
  if (!trace.error) {
    upTo(trace.bitEnd, 'event', '');
    upTo(Math.min(length, Math.ceil(at / 8) * 8), 'padding', '');
  }
  upTo(length, trace.error ? 'unread' : 'trailing', '');
  return spans;
}

/** The path of a node below the one of its parent. */
export function pathOf({ kind, name, index }: TracedNode, parent: string): string {
  const own = `${kind === 'attribute' ? '@' : ''}${name}${index < 0 ? '' : `[${index}]`}`;
  return parent === '' ? own : `${parent}/${own}`;
}
