import type { Evse } from '@kerbside/contracts';
import { Panel } from '@kerbside/ui';
import { useText } from '../../i18n/use-text.ts';

/** The named limiters; the least is in force and bold. */
export function LimitsPanel({ evse }: { evse: Evse }) {
  const { t, f, term } = useText();
  const limits = evse.limits.toSorted((a, b) => a.limit - b.limit);
  const least = limits[0]?.limit;
  return (
    <Panel title={t('evse.limits')} className="kb-live-limits">
      {limits.length === 0 ? (
        <p className="kb-quiet">{t('evse.limitsEmpty')}</p>
      ) : (
        <>
          <p className="kb-quiet">{t('evse.limitsText')}</p>
          <ul className="kb-limits">
            {limits.map(({ name, limit }) => (
              <li key={name} data-least={limit === least || undefined}>
                <span>{term('evse.limit', name)}</span>
                {limit === least ? (
                  <span className="kb-limits-now">{t('evse.limitNow')}</span>
                ) : null}
                <span className="kb-limits-value">
                  {f.number(limit, limit % 1 === 0 ? 0 : 1)} A
                </span>
                <span
                  className="kb-limits-bar"
                  style={{
                    width: `${Math.min(100, (limit / Math.max(evse.maxCurrent, 1)) * 100)}%`,
                  }}
                  aria-hidden
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
