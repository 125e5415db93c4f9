import type { Health } from '@kerbside/contracts';
import { Panel, StateBadge } from '@kerbside/ui';
import { healthTone } from '../../app/tones.ts';
import { LoadingRows } from '../../app/page.tsx';
import { sentence, useText } from '../../i18n/use-text.ts';
import { useNow, useTopic } from '../../stream/stream-context.tsx';

function Part({ part }: { part: Health['parts'][number] }) {
  const { t, f, term } = useText();
  const reason = part.reason === undefined ? undefined : sentence(term('reason', part.reason));
  const why = [reason, part.detail].filter(Boolean).join(' · ');
  return (
    <li>
      <div>
        <strong>{t(`health.part.${part.name}`)}</strong>
        <span className="kb-quiet">
          {why ? `${why} · ` : ''}
          {t('app.since', { time: f.clock(part.since) })}
        </span>
      </div>
      <StateBadge tone={healthTone(part.status)} size="sm">
        {t(`health.status.${part.status}`)}
      </StateBadge>
    </li>
  );
}

/** The unit part by part, with reason and since. */
export function HealthPanel() {
  const { t, f } = useText();
  const health = useTopic('health').value;
  const now = useNow(10_000);
  return (
    <Panel
      title={t('status.health')}
      flush
      aside={
        health ? (
          <span className="kb-quiet">
            {t('status.started', { duration: f.duration(now - Date.parse(health.started)) })}
          </span>
        ) : undefined
      }
    >
      {health ? (
        <ul className="kb-rows">
          {health.parts.map((part) => (
            <Part key={part.name} part={part} />
          ))}
        </ul>
      ) : (
        <div className="kb-panel-body">
          <LoadingRows rows={5} height={36} />
        </div>
      )}
    </Panel>
  );
}
