import { Card, Progress } from '@mantine/core';
import type { Evse, SlacLive } from '@kerbside/contracts';
import { Notice, StateBadge } from '@kerbside/ui';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useText } from '../../i18n/use-text.ts';
import { useNow } from '../../stream/stream-context.tsx';
import { slacStateTone } from './tones.ts';

function Remaining({ waiting }: { waiting: NonNullable<SlacLive['waiting']> }) {
  const { t, f } = useText();
  const now = useNow(200);
  const left = Math.max(0, Date.parse(waiting.until) - now);
  const what = waiting.awaits === 'link' ? t('slac.link') : waiting.awaits;
  const words =
    left > 0
      ? t('slac.remaining', { seconds: f.number(left / 1000, left < 10_000 ? 1 : 0), what })
      : t('slac.overdue', { what });
  return (
    <div className="kb-slac-remaining">
      <Progress
        value={(left / waiting.limitMs) * 100}
        size={8}
        radius="xl"
        aria-label={words}
        transitionDuration={200}
      />
      <div className="kb-slac-remaining-text">
        <strong>{words}</strong>
        <span className="kb-quiet kb-mono">
          {t('slac.timerOf', { timer: waiting.timer, limit: f.milliseconds(waiting.limitMs) })}
        </span>
      </div>
    </div>
  );
}

function Since({ since }: { since: string }) {
  const { t, f } = useText();
  const now = useNow();
  return <>{t('app.for', { duration: f.duration(now - Date.parse(since)) })}</>;
}

/** What SLAC of this outlet does now, how long that may last, and the pilot beside it. */
export function StateLine({ live, evse }: { live: SlacLive; evse: Evse | undefined }) {
  const { t } = useText();
  const { state, sessions } = live;
  const plugged = evse !== undefined && /^[BCD]$/.test(evse.pilot.state);
  const several = sessions.filter(({ at }) => at !== 'failed').length;
  return (
    <Card component="section" aria-label={t('slac.title')} className="kb-slac-state">
      <div className="kb-slac-state-head">
        <output>
          <StateBadge tone={slacStateTone(state)} size="lg">
            {t(`slac.state.${state}`)}
          </StateBadge>
        </output>
        <span className="kb-quiet">
          <Since since={live.since} />
        </span>
        {evse ? (
          <span className="kb-slac-pilot">
            {t('slac.pilot', { state: evse.pilot.state, output: evse.pilot.output })}
          </span>
        ) : null}
      </div>
      <p className="kb-why-meaning">
        {t(`slac.meaning.${state === 'unmatched' && plugged ? 'unmatchedPlugged' : state}`)}
        {several > 1 ? ` ${t('slac.sessionsNow', { count: several })}.` : ''}
      </p>
      {live.waiting ? <Remaining waiting={live.waiting} /> : null}
      {live.interface.ok ? null : (
        <Notice
          tone="bad"
          icon={<IconAlertTriangle size={20} aria-hidden />}
          title={t('slac.state.interface-missing')}
        >
          {live.interface.reason}
        </Notice>
      )}
    </Card>
  );
}
