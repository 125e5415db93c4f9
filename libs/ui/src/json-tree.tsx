import { useState } from 'react';

const isBranch = (
  value: unknown,
): value is Readonly<Record<string, unknown>> | readonly unknown[] =>
  typeof value === 'object' && value !== null;

function leafText(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value === '' ? '""' : value;
  return String(value);
}

function Node({ name, value, depth }: { name: string; value: unknown; depth: number }) {
  const [open, setOpen] = useState(depth < 3);
  if (!isBranch(value))
    return (
      <li>
        <span className="kb-tree-name">{name}</span>
        <span className="kb-tree-value">{leafText(value)}</span>
      </li>
    );
  const children = Object.entries(value);
  return (
    <li>
      <button
        type="button"
        className="kb-tree-toggle"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span aria-hidden>{open ? '▾' : '▸'}</span> {name}
        <span className="kb-tree-count">{Array.isArray(value) ? `[${children.length}]` : ''}</span>
      </button>
      {open ? (
        <ul>
          {children.map(([key, child]) => (
            <Node key={key} name={key} value={child} depth={depth + 1} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

/** A JSON value as a tree that opens and closes. Everything in it is text, whoever sent it. */
export function JsonTree({
  value,
  label,
}: {
  value: Readonly<Record<string, unknown>>;
  label: string;
}) {
  return (
    <ul className="kb-tree" aria-label={label}>
      {Object.entries(value).map(([name, child]) => (
        <Node key={name} name={name} value={child} depth={1} />
      ))}
    </ul>
  );
}
