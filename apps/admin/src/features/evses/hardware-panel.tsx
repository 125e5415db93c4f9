import type { Evse } from '@kerbside/contracts';
import { Facts, Panel } from '@kerbside/ui';
import { useText } from '../../i18n/use-text.ts';

export function HardwarePanel({ evse }: { evse: Evse }) {
  const { t } = useText();
  const { session, transaction } = evse;
  return (
    <Panel title={t('evse.hardware')} className="kb-live-hardware">
      <Facts
        rows={[
          {
            label: t('evse.pilot'),
            value: `${evse.pilot.state} · ${t(`timeline.pilotState.${evse.pilot.state}`)}`,
          },
          { label: t('evse.pilotOutput'), value: evse.pilot.output },
          { label: t('evse.contactorLabel'), value: t(`evse.contactor.${evse.contactor}`) },
          { label: t('evse.lockLabel'), value: t(`evse.lock.${evse.lock}`) },
          {
            label: t('evse.ventilationLabel'),
            value: t(evse.ventilation ? 'evse.ventilation.yes' : 'evse.ventilation.no'),
          },
          { label: t('evse.boardLink'), value: t(evse.boardLink ? 'evse.up' : 'evse.down') },
          ...(session?.kind
            ? [{ label: t('evse.protocol'), value: t(`evse.kind.${session.kind}`) }]
            : []),
          ...(transaction
            ? [{ label: t('evse.token'), value: transaction.token, mono: true }]
            : []),
          ...(session?.evccId
            ? [{ label: t('evse.evccId'), value: session.evccId, mono: true }]
            : []),
          ...(session?.evMac ? [{ label: t('evse.evMac'), value: session.evMac, mono: true }] : []),
        ]}
      />
    </Panel>
  );
}
