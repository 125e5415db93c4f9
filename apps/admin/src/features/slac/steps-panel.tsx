import { Panel } from '@kerbside/ui';
import type { SlacStep } from '@kerbside/contracts';
import { useText } from '../../i18n/use-text.ts';
import { useTimes } from './use-times.ts';
import { LevelMark, levelTone } from './level.tsx';

function Step({ step }: { step: SlacStep }) {
  const { t } = useText();
  const time = useTimes();
  const done = step.state === 'done';
  const level = done ? step.level : step.state;
  const limit = time(step.limitMs);
  const share = done ? Math.min(1, step.elapsedMs / step.limitMs) : 0;
  return (
    <li className="kb-step" data-tone={levelTone(level)} data-state={step.state}>
      <span className="kb-step-name">
        {t(`slac.steps.${step.step}`)}
        <span className="kb-step-timer kb-mono">{step.timer}</span>
      </span>
      <span className="kb-step-time">
        {done ? (
          <>
            <strong>{time(step.elapsedMs)}</strong>
            <span className="kb-quiet"> / {limit}</span>
          </>
        ) : (
          <span className="kb-quiet">{limit}</span>
        )}
      </span>
      <LevelMark level={level} />
      <span className="kb-step-bar" aria-hidden>
        <span style={{ width: `${Math.max(done ? 2 : 0, share * 100)}%` }} />
      </span>
      {done && step.level === 'over' && step.patience ? (
        <span className="kb-step-patience">
          {t('slac.steps.patience', {
            limit: time(step.patience.limitMs),
            timer: step.patience.timer,
          })}
        </span>
      ) : null}
    </li>
  );
}

/** The rungs of the match, each time against its limit. */
export function StepsPanel({ steps }: { steps: readonly SlacStep[] }) {
  const { t } = useText();
  return (
    <Panel title={t('slac.steps.title')} flush>
      <ol className="kb-steps">
        {steps.map((step) => (
          <Step key={step.step} step={step} />
        ))}
      </ol>
    </Panel>
  );
}
