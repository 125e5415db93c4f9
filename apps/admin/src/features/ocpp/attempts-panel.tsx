import type { OcppStatus } from '@kerbside/contracts';
import { EmptyState, Panel, type Tone } from '@kerbside/ui';
import { IconCloudOff } from '@tabler/icons-react';
import { sentence, useText } from '../../i18n/use-text.ts';

const STRIP = 40;
const LISTED = 8;

const outcomeTone = (outcome: string): Tone =>
  ['accepted', 'connected'].includes(outcome.toLowerCase())
    ? 'ok'
    : outcome === 'pending'
      ? 'warn'
      : 'bad';

/** Attempts to connect as a strip, and the last ones in words. */
export function AttemptsPanel({ attempts }: { attempts: OcppStatus['attempts'] }) {
  const { t, f, term } = useText();
  const ordered = attempts.toSorted((a, b) => a.at.localeCompare(b.at)).slice(-STRIP);
  const failed = ordered.filter(({ outcome }) => outcomeTone(outcome) !== 'ok').length;
  return (
    <Panel title={t('ocpp.attempts')}>
      {ordered.length === 0 ? (
        <EmptyState icon={<IconCloudOff size={36} aria-hidden />} title={t('ocpp.attemptsEmpty')}>
          {t('ocpp.attemptsEmptyText')}
        </EmptyState>
      ) : (
        <>
          <figure
            className="kb-strip"

            aria-label={t('ocpp.attemptsStrip', { count: ordered.length, failed })}
          >
            {ordered.map(({ at, outcome }, index) => (
              <span
                key={`${at}.${index}`}
                data-tone={outcomeTone(outcome)}
                title={`${f.dateTime(at)}: ${outcome}`}
              />
            ))}
          </figure>
          <p className="kb-quiet">{t('ocpp.attemptsStrip', { count: ordered.length, failed })}</p>
          <ul className="kb-attempts">
            {ordered
              .slice(-LISTED)
              .toReversed()
              .map(({ at, outcome, detail }, index) => (
                <li key={`${at}.${index}`} data-tone={outcomeTone(outcome)}>
                  <span className="kb-dot" aria-hidden />
                  <time dateTime={at}>{f.time(at)}</time>
                  <span>
                    {sentence(term('ocpp.outcome', outcome))}
                    {detail ? <span className="kb-quiet"> · {detail}</span> : null}
                  </span>
                </li>
              ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
