import type { OcppStatus } from '@kerbside/contracts';
import { Panel, StateBadge } from '@kerbside/ui';
import { Link } from '@tanstack/react-router';
import { useText } from '../../i18n/use-text.ts';

/** Messages that the back-end never took: nobody bills what only they tell of. */
export function GivenUpPanel({ givenUp }: { givenUp: OcppStatus['givenUp'] }) {
  const { t, f } = useText();
  return (
    <Panel title={t('ocpp.givenUp')}>
      <StateBadge tone="bad">{t('ocpp.givenUpCount', { count: givenUp.count })}</StateBadge>
      <p className="kb-quiet kb-spaced">{t('ocpp.givenUpText')}</p>
      <ul className="kb-attempts">
        {givenUp.newest.toReversed().map(({ at, action, evse, session, givenUp: on, reason }) => (
          <li key={`${at}.${on}.${action}`} data-tone="bad">
            <span className="kb-dot" aria-hidden />
            <time dateTime={at}>{f.dateTime(at)}</time>
            <span>
              {action}
              {evse === undefined ? null : ` · ${t('evse.name', { id: evse })}`}
              <span className="kb-quiet"> · {reason}</span>
              {session === undefined ? null : (
                <>
                  {' · '}
                  <Link to="/sessions/$id" params={{ id: session }}>
                    {t('sessions.one')}
                  </Link>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
