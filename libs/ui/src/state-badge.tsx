import type { ReactNode } from 'react';
import type { Tone } from './tone.ts';

/** A state in one word, with the dot or icon of its tone. */
export function StateBadge({
  tone,
  icon,
  children,
  size = 'md',
}: {
  tone: Tone;
  icon?: ReactNode;
  children: ReactNode;
  size?: 'sm' | 'md' | 'lg';
}) {
  return (
    <span className={`kb-badge kb-badge-${size}`} data-tone={tone}>
      {icon ?? <span className="kb-dot" aria-hidden />}
      <span>{children}</span>
    </span>
  );
}
