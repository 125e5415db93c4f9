import type { Session } from '@kerbside/contracts';
import { Facts, Panel, StateBadge } from '@kerbside/ui';
import { sentence, useText } from '../../i18n/use-text.ts';

/** The transactions of a session and whether the back-end has confirmed them. */
export function TransactionsPanel({ session }: { session: Session }) {
  const { t, f, term } = useText();
  const wattHours = (value: number | undefined) =>
    value === undefined ? undefined : `${f.number(value)} Wh`;
  return (
    <Panel title={t('sessions.transactions')}>
      {session.transactions.length === 0 ? (
        <p className="kb-quiet">{t('sessions.transactionsEmpty')}</p>
      ) : (
        session.transactions.map((transaction) => (
          <div key={transaction.key} className="kb-transaction">
            <StateBadge tone={transaction.delivered ? 'ok' : 'warn'} size="sm">
              {t(transaction.delivered ? 'sessions.delivered' : 'sessions.undelivered')}
            </StateBadge>
            <Facts
              rows={[
                {
                  label: t('sessions.ocppId'),
                  value: transaction.ocppTransactionId ?? t('sessions.ocppNone'),
                  mono: transaction.ocppTransactionId !== undefined,
                },
                { label: t('sessions.started'), value: f.time(transaction.started) },
                {
                  label: t('sessions.stopped'),
                  value: transaction.stopped ? f.time(transaction.stopped) : t('sessions.running'),
                },
                { label: t('sessions.meterStart'), value: wattHours(transaction.meterStart) },
                { label: t('sessions.meterStop'), value: wattHours(transaction.meterStop) },
                ...(transaction.reason
                  ? [
                      {
                        label: t('sessions.reason'),
                        value: sentence(term('stopReason', transaction.reason)),
                      },
                    ]
                  : []),
              ]}
            />
          </div>
        ))
      )}
    </Panel>
  );
}
