import type { Session } from '@kerbside/contracts';
import { Facts, Metric, Panel } from '@kerbside/ui';
import { sentence, useText } from '../../i18n/use-text.ts';
import { bytesText } from '../vas/bytes-text.ts';
import { useNow } from '../../stream/stream-context.tsx';

export function SessionSummary({ session }: { session: Session }) {
  const { t, f, term } = useText();
  const now = useNow();
  const energy = f.energy(session.energy);
  const end = session.ended === undefined ? now : Date.parse(session.ended);
  return (
    <Panel title={t('sessions.summary')}>
      <dl className="kb-summary-numbers">
        <Metric size="lg" label={t('sessions.energy')} value={energy.value} unit={energy.unit} />
        <Metric
          size="lg"
          label={t('sessions.duration')}
          value={f.duration(end - Date.parse(session.began))}
        />
      </dl>
      <Facts
        rows={[
          { label: t('sessions.evse'), value: t('evse.name', { id: session.evse }) },
          { label: t('sessions.began'), value: f.dateTime(session.began) },
          {
            label: t('sessions.ended'),
            value: session.ended === undefined ? t('sessions.running') : f.dateTime(session.ended),
          },
          ...(session.endReason
            ? [
                {
                  label: t('sessions.endReason'),
                  value: sentence(term('stopReason', session.endReason)),
                },
              ]
            : []),
          ...(session.kind
            ? [{ label: t('sessions.kind'), value: t(`evse.kind.${session.kind}`) }]
            : []),
          ...(session.token
            ? [{ label: t('sessions.token'), value: session.token, mono: true }]
            : []),
          ...(session.evccId
            ? [{ label: t('evse.evccId'), value: session.evccId, mono: true }]
            : []),
          ...(session.internet
            ? [
                {
                  label: t('vas.title'),
                  value: t('vas.used', {
                    down: bytesText(session.internet.bytesDown, f.number),
                    up: bytesText(session.internet.bytesUp, f.number),
                    time: f.duration(session.internet.seconds * 1000),
                  }),
                },
              ]
            : []),
          ...(session.evMac ? [{ label: t('evse.evMac'), value: session.evMac, mono: true }] : []),
        ]}
      />
    </Panel>
  );
}
