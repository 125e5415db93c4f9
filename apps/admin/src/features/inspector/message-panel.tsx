import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { MessageField } from './read-message.ts';

/** The reader of V2G messages is large, and comes only when a message is looked at. */
const load = () => import('./read-message.ts');

function Field({ field, depth }: { field: MessageField; depth: number }) {
  const { name, value, hint, children } = field;
  // a quantity says all that its parts do
  const [open, setOpen] = useState(value === undefined && depth < 8);
  const shown = <span className="kb-tree-value">{value}</span>;
  if (children.length === 0)
    return (
      <li title={hint}>
        <span className="kb-tree-name">{name}</span> {shown}
      </li>
    );
  return (
    <li title={hint}>
      <button
        type="button"
        className="kb-tree-toggle"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span aria-hidden>{open ? '▾' : '▸'}</span> {name}
      </button>{' '}
      {shown}
      {open ? (
        <ul>
          {children.map((child) => (
            <Field key={child.name} field={child} depth={depth + 1} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

/** A V2G message read from its bytes: every field with its value, its type and its place on hover. */
export function MessagePanel({ hex }: { hex: string }) {
  const { t } = useText();
  const { data, isError } = useQuery({
    queryKey: ['v2g-message', hex],
    queryFn: async () => (await load()).readMessage(hex) ?? null,
    staleTime: Infinity,
  });
  if (isError) return <p className="kb-quiet">{t('timeline.messageNotLoaded')}</p>;
  if (data === undefined) return <p className="kb-quiet">{t('timeline.messageLoading')}</p>;
  if (data === null) return <p className="kb-quiet">{t('timeline.messageUnknown')}</p>;
  const { root, error } = data;
  return (
    <>
      {root ? (
        <ul className="kb-tree" aria-label={t('timeline.message')}>
          <Field field={root} depth={0} />
        </ul>
      ) : null}
      {error === undefined ? null : <p className="kb-mono">{error}</p>}
    </>
  );
}
