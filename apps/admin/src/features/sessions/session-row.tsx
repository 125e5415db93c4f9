import type { Session } from '@kerbside/contracts';
import { StateBadge } from '@kerbside/ui';
import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { sentence, useText } from '../../i18n/use-text.ts';
import { useNow } from '../../stream/stream-context.tsx';

function Running({ began }: { began: string }) {
  const { f } = useText();
  const now = useNow();
  return f.duration(now - Date.parse(began));
}

/** One session as a line that leads to its page. */
export function SessionRow({ session }: { session: Session }) {
  const { t, f, term } = useText();
  const energy = f.energy(session.energy);
  const undelivered = session.transactions.some(({ stopped, delivered }) => stopped && !delivered);
  return (
    <li className="kb-session-row">
      <Link
        to="/sessions/$id"
        params={{ id: session.id }}
        aria-label={t('sessions.open', { evse: session.evse, time: f.dateTime(session.began) })}
      >
        <span className="kb-session-when">
          <strong>{f.dateTime(session.began)}</strong>
          <span className="kb-quiet">
            {t('evse.name', { id: session.evse })}
            {session.kind ? ` · ${t(`evse.kind.${session.kind}`)}` : ''}
            {session.token ? ` · ${session.token}` : ''}
          </span>
        </span>
        <span className="kb-session-end">
          {session.ended === undefined ? (
            <StateBadge tone="info" size="sm">
              {t('sessions.running')}
            </StateBadge>
          ) : (
            <span className="kb-quiet">
              {session.endReason ? sentence(term('stopReason', session.endReason)) : ''}
            </span>
          )}
          {undelivered ? (
            <StateBadge tone="warn" size="sm">
              {t('sessions.undelivered')}
            </StateBadge>
          ) : null}
        </span>
        <span className="kb-session-amount">
          <strong>
            {energy.value} {energy.unit}
          </strong>
          <span className="kb-quiet">
            {session.ended === undefined ? (
              <Running began={session.began} />
            ) : (
              f.duration(Date.parse(session.ended) - Date.parse(session.began))
            )}
          </span>
        </span>
        <IconChevronRight size={18} aria-hidden className="kb-evsecard-arrow" />
      </Link>
    </li>
  );
}
