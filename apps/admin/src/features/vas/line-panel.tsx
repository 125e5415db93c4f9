import type { VasEvse, VasState } from '@kerbside/contracts';
import { Facts, Panel, StateBadge, type Tone } from '@kerbside/ui';
import { useText } from '../../i18n/use-text.ts';
import { useNow } from '../../stream/stream-context.tsx';
import { bytesText } from './bytes-text.ts';
import { PlanView } from './plan-view.tsx';

const tones: Readonly<Record<VasState, Tone>> = {
  off: 'idle',
  announced: 'idle',
  selected: 'info',
  applying: 'info',
  up: 'ok',
  removing: 'info',
  failed: 'bad',
};

function Online({ line }: { line: VasEvse }) {
  const { t, f } = useText();
  const { usage, plan, leases, neighbours } = line;
  return (
    <Facts
      rows={[
        ...(usage
          ? [
              { label: t('vas.down'), value: bytesText(usage.bytesDown, f.number) },
              { label: t('vas.up'), value: bytesText(usage.bytesUp, f.number) },
              {
                label: t('vas.refused'),
                value: t('vas.packets', { value: f.number(usage.refused) }),
              },
            ]
          : []),
        ...(plan
          ? [
              { label: t('vas.ports'), value: plan.ports.join(', ') },
              { label: t('vas.prefix'), value: plan.ipv6.prefix, mono: true },
              { label: t('vas.network4'), value: plan.ipv4?.network ?? t('app.none'), mono: true },
            ]
          : []),
        {
          label: t('vas.leases'),
          value:
            leases.map(({ address, mac }) => `${address} (${mac})`).join(', ') || t('app.none'),
          mono: true,
        },
        {
          label: t('vas.neighbours'),
          value: neighbours.map(({ address }) => address).join(', ') || t('app.none'),
          mono: true,
        },
      ]}
    />
  );
}

/** The internet of one EVSE: what, since when, why. */
export function LinePanel({ line }: { line: VasEvse }) {
  const { t, f, term } = useText();
  const now = useNow();
  const { state, since, reason, plan, rules } = line;
  return (
    <Panel title={t('vas.evse', { id: line.evse })}>
      <div className="kb-live-state">
        <output aria-live="polite">
          <StateBadge tone={tones[state]} size="lg">
            {t(`vas.state.${state}`)}
          </StateBadge>
        </output>
        <span className="kb-quiet">
          {t('app.since', { time: f.dateTime(since) })} ({f.duration(now - Date.parse(since))})
        </span>
      </div>
      <p>
        {t(`vas.stateText.${state}`)}
        {reason
          ? ` ${t('vas.why', { why: `${term('vas.reason', reason.code.split(':')[0] ?? '')}: ${reason.text}` })}`
          : ''}
      </p>
      {state === 'up' || state === 'removing' ? <Online line={line} /> : null}
      {plan ? <PlanView plan={plan} title={t('vas.plan')} /> : null}
      {rules.length > 0 ? (
        <details className="kb-spaced">
          <summary>{t('vas.rules', { count: rules.length })}</summary>
          <pre className="kb-lines">{rules.join('\n')}</pre>
        </details>
      ) : null}
    </Panel>
  );
}
