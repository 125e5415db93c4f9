import type { ReactNode } from 'react';
import type { Tone } from './tone.ts';

/** Title, cause and next step in a box of the tone. `live` announces it to screen readers. */
export function Notice({
  tone,
  title,
  icon,
  children,
  action,
  live = false,
}: {
  tone: Tone;
  title: ReactNode;
  icon?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  live?: boolean;
}) {
  return (
    <div
      className="kb-notice"
      data-tone={tone}
      {...(live ? { role: tone === 'bad' ? 'alert' : 'status' } : {})}
    >
      {icon ? <span className="kb-notice-icon">{icon}</span> : null}
      <div className="kb-notice-text">
        <strong>{title}</strong>
        {children ? <div>{children}</div> : null}
      </div>
      {action ? <div className="kb-notice-action">{action}</div> : null}
    </div>
  );
}
