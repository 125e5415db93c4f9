import { Card } from '@mantine/core';
import type { Evse, Measurement } from '@kerbside/contracts';
import { Metric, Notice } from '@kerbside/ui';
import { IconAlertTriangle } from '@tabler/icons-react';
import { sentence, useText } from '../../i18n/use-text.ts';
import { useNow, useStaleAge, useTopic } from '../../stream/stream-context.tsx';
import { EvseStateBadge } from './state-icon.tsx';
import { useEvseText } from './use-evse-text.ts';

function Why({ evse }: { evse: Evse }) {
  const { t, f, term } = useText();
  const text = useEvseText()(evse);
  const least = evse.limits.toSorted((a, b) => a.limit - b.limit)[0];
  const limiter =
    evse.transaction && least
      ? `${term('evse.limit', least.name)}, ${f.number(least.limit, least.limit % 1 === 0 ? 0 : 1)} A`
      : undefined;
  const rows = [
    [
      t('evse.reasonLabel'),
      `${text.reason}.` === text.meaning.toLocaleLowerCase() ? undefined : text.reason,
    ],
    [t('evse.limitedBy'), limiter],
    [t('evse.waitingLabel'), text.waitingFor],
    [t('evse.nextLabel'), text.next],
  ] as const;
  return (
    <>
      <p className="kb-why-meaning">{text.meaning}</p>
      <dl className="kb-why">
        {rows.map(([label, value]) =>
          value ? (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{sentence(value)}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </>
  );
}

const last = <T,>(list: readonly T[] | undefined): T | undefined => list?.at(-1);
const perPhase = (values: readonly number[], write: (value: number) => string) =>
  values.length === 0 ? undefined : values.map(write).join(' / ');

function Numbers({ evse }: { evse: Evse }) {
  const { t, f } = useText();
  const now = useNow();
  const topic = useTopic('measurements', evse.id);
  const point: Measurement | undefined = last(topic.value?.points) ?? evse.measurement;
  const age = useStaleAge('measurements', topic.at);
  const stale = age === undefined ? undefined : t('app.stale', { seconds: f.number(age / 1000) });
  const power = point ? f.power(point.power) : undefined;
  const energy = evse.transaction ? f.energy(evse.transaction.energy) : undefined;
  const soc = point?.soc ?? evse.session?.soc;
  const began = evse.transaction?.started ?? evse.session?.began;
  return (
    <>
      <dl className="kb-numbers">
        <Metric
          size="lg"
          label={t('evse.power')}
          value={power?.value}
          unit={power?.unit ?? ''}
          stale={stale}
        />
        <Metric
          size="lg"
          label={t('evse.energy')}
          value={energy?.value}
          unit={energy?.unit ?? ''}
        />
        {soc === undefined ? null : (
          <Metric size="lg" label={t('evse.soc')} value={f.number(soc)} unit="%" stale={stale} />
        )}
        <Metric
          size="lg"
          label={t('evse.duration')}
          value={began ? f.duration(now - Date.parse(began)) : undefined}
        />
      </dl>
      <dl className="kb-numbers">
        <Metric
          label={t('evse.voltage')}
          value={perPhase(point?.voltage ?? [], (value) => f.number(value))}
          unit="V"
          stale={stale}
        />
        <Metric
          label={t('evse.current')}
          value={perPhase(point?.current ?? [], (value) => f.number(value, 1))}
          unit="A"
          stale={stale}
        />
        {point?.offered === undefined ? null : (
          <Metric label={t('evse.offered')} value={f.number(point.offered, 1)} unit="A" />
        )}
        {evse.output && deliversDc(evse) ? (
          <Metric
            label={t('evse.output')}
            value={`${f.number(evse.output.voltage)} V · ${f.number(evse.output.current, 1)}`}
            unit="A"
          />
        ) : null}
      </dl>
    </>
  );
}

/** An outlet for both has a supply that is off while the car charges by AC. */
const deliversDc = ({ session, output }: Evse) =>
  session?.kind === 'iso2-dc' || (output?.voltage ?? 0) >= 1;

/** State, since when, why, what it waits for, what to do; then the numbers. */
export function EvseHeader({ evse }: { evse: Evse }) {
  const { t, f } = useText();
  const now = useNow();
  return (
    <Card
      p="md"
      className="kb-live-head"
      component="section"
      aria-label={t('evse.name', { id: evse.id })}
    >
      <div className="kb-live-state">
        <output aria-live="polite">
          <EvseStateBadge state={evse.state} size="lg" />
        </output>
        <span className="kb-quiet">
          {t('app.since', { time: f.time(evse.since) })} ({f.duration(now - Date.parse(evse.since))}
          )
        </span>
      </div>
      <Why evse={evse} />
      {evse.faults.map((fault) => (
        <Notice
          key={fault.code}
          tone="bad"
          live
          icon={<IconAlertTriangle size={20} aria-hidden />}
          title={fault.text}
        >
          <span className="kb-mono">{fault.code}</span>
        </Notice>
      ))}
      <Numbers evse={evse} />
    </Card>
  );
}
