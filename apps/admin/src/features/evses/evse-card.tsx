import { Card } from '@mantine/core';
import type { Evse } from '@kerbside/contracts';
import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { sentence, useText } from '../../i18n/use-text.ts';
import { useNow, useTopic } from '../../stream/stream-context.tsx';
import { EvseStateBadge } from './state-icon.tsx';
import { useEvseText } from './use-evse-text.ts';

function Number({ label, value, unit }: { label: string; value: string; unit: string }) {
  return (
    <div className="kb-evsecard-number">
      <span className="kb-evsecard-value">
        {value} <small>{unit}</small>
      </span>
      <span className="kb-evsecard-label">{label}</span>
    </div>
  );
}

function EvseNumbers({ evse }: { evse: Evse }) {
  const { t, f } = useText();
  const now = useNow();
  const power = f.power(evse.measurement?.power ?? 0);
  const energy = f.energy(evse.transaction?.energy ?? 0);
  const soc = evse.session?.soc ?? evse.measurement?.soc;
  const began = evse.transaction?.started ?? evse.session?.began;
  if (!evse.session) return null;
  return (
    <div className="kb-evsecard-numbers">
      <Number label={t('evse.power')} {...power} />
      <Number label={t('evse.energy')} {...energy} />
      {soc === undefined ? null : (
        <Number label={t('evse.socShort')} value={f.number(soc)} unit="%" />
      )}
      {began ? (
        <Number label={t('evse.duration')} value={f.duration(now - Date.parse(began))} unit="" />
      ) : null}
    </div>
  );
}

/** One EVSE at a glance; the whole card leads to its live page. */
export function EvseCard({ initial }: { initial: Evse }) {
  const { t, f } = useText();
  const evse = useTopic('evse', initial.id).value ?? initial;
  const text = useEvseText()(evse);
  const why = evse.reason === '' ? text.meaning : sentence(text.reason);
  return (
    <Card
      component={Link}
      to="/evses/$id"
      params={{ id: String(evse.id) } as never}
      className="kb-evsecard"
      aria-label={`${t('evse.open', { id: evse.id })}: ${text.state}`}
    >
      <div className="kb-evsecard-head">
        <strong>{t('evse.name', { id: evse.id })}</strong>
        <span className="kb-evsecard-kind">{evse.kind}</span>
        <EvseStateBadge state={evse.state} />
        <IconChevronRight size={20} aria-hidden className="kb-evsecard-arrow" />
      </div>
      <p className="kb-evsecard-why">
        {why}
        <span> · {t('app.since', { time: f.clock(evse.since) })}</span>
      </p>
      <EvseNumbers evse={evse} />
      {evse.waitingFor && text.waitingFor ? (
        <p className="kb-evsecard-wait">
          {t('evse.waitingLabel')} {text.waitingFor}
        </p>
      ) : null}
    </Card>
  );
}
