import type { Tone } from '@kerbside/ui';
import { Link } from '@tanstack/react-router';
import { useText } from '../../i18n/use-text.ts';
import { useLink, useTopic, useWallNow } from '../../stream/stream-context.tsx';
import { healthTone, phaseTone } from '../tones.ts';

function Dot({
  tone,
  label,
  text,
  to,
}: {
  tone: Tone;
  label: string;
  text: string;
  to: '/' | '/ocpp';
}) {
  return (
    <Link
      to={to}
      className="kb-linkdot"
      data-tone={tone}
      title={`${label}: ${text}`}
      aria-label={`${label}: ${text}`}
    >
      <span className="kb-linkdot-mark" aria-hidden />
      <span className="kb-linkdot-label" aria-hidden>
        {label}
      </span>
    </Link>
  );
}

/** Three dots in the header: does the page live, is the back-end there, is the unit well. */
export function LinkDots() {
  const { t } = useText();
  const link = useLink();
  const now = useWallNow();
  const ocpp = useTopic('ocpp').value;
  const health = useTopic('health').value;
  const seconds = Math.max(0, Math.round((now - (link.lastHeard ?? now)) / 1000));
  const linkTone: Tone =
    link.phase === 'live'
      ? 'ok'
      : link.phase === 'lost'
        ? 'bad'
        : link.phase === 'silent'
          ? 'warn'
          : 'idle';
  return (
    <div className="kb-linkdots">
      <Dot
        tone={linkTone}
        label={t('shell.stream')}
        text={t(`link.${link.phase}`, { seconds })}
        to="/"
      />
      <Dot
        tone={ocpp ? phaseTone(ocpp.phase) : 'idle'}
        label={t('shell.csms')}
        text={ocpp ? t(`ocpp.phase.${ocpp.phase}`) : t('app.loading')}
        to="/ocpp"
      />
      <Dot
        tone={health ? healthTone(health.status) : 'idle'}
        label={t('shell.health')}
        text={health ? t(`health.status.${health.status}`) : t('app.loading')}
        to="/"
      />
    </div>
  );
}
