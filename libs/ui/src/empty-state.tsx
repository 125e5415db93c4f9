import type { ReactNode } from 'react';

/** What would be here, why it is not, and the one thing to do. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="kb-empty">
      {icon ? <div className="kb-empty-icon">{icon}</div> : null}
      <p className="kb-empty-title">{title}</p>
      {children ? <p className="kb-empty-text">{children}</p> : null}
      {action}
    </div>
  );
}
