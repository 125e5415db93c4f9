import { Anchor } from '@mantine/core';
import type { SlacAttempt, SlacLive } from '@kerbside/contracts';
import { type FactRow, Facts, Notice, Panel } from '@kerbside/ui';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useText } from '../../i18n/use-text.ts';

const when = (shown: boolean, row: FactRow): FactRow[] => (shown ? [row] : []);

/** Who took part: addresses, run id, network; never its key. */
export function IdentityPanel({ attempt }: { attempt: SlacAttempt }) {
  const { t } = useText();
  const { runId, runIdText, session, foreignEvs, modem } = attempt;
  const mono = (label: string, value: string | undefined): FactRow => ({
    label,
    value: value ?? '—',
    mono: true,
  });
  return (
    <Panel title={t('slac.identity.title')}>
      <Facts
        rows={[
          mono(t('slac.identity.evMac'), attempt.evMac),
          mono(
            t('slac.identity.runId'),
            runId && runIdText ? `${runId} “${runIdText}”` : (runId ?? '—'),
          ),
          mono(t('slac.identity.evseMac'), attempt.evseMac),
          mono(t('slac.identity.modemMac'), modem.mac),
          mono(t('slac.identity.nid'), attempt.nid),
          { label: t('slac.identity.nmk'), value: t('slac.identity.masked') },
          ...when(session !== undefined, {
            label: t('slac.identity.session'),
            value: (
              <Anchor component={Link} to="/sessions/$id" params={{ id: session } as never}>
                {t('slac.identity.openSession')}
              </Anchor>
            ),
          }),
          ...when(foreignEvs.length > 0, {
            label: t('slac.identity.foreign'),
            value: foreignEvs.join(', '),
            mono: true,
          }),
        ]}
      />
    </Panel>
  );
}

/** Earlier runs of the car and what other cars did at the same time, with their attenuation. */
function OtherProcesses({ attempt }: { attempt: SlacAttempt }) {
  const { t, f } = useText();
  const others = attempt.processes.slice(1);
  if (others.length === 0 && attempt.processesLeftOut === 0) return null;
  return (
    <>
      <h3 className="kb-slac-next-title">{t('slac.retries.others')}</h3>
      <ul className="kb-slac-tolerated">
        {others.map(({ evMac, runId, result, cause, attenuation }) => (
          <li key={`${evMac} ${runId}`}>
            <span className="kb-mono">{evMac}</span>
            {' · '}
            {[
              t(`slac.retries.processResult.${result}`),
              cause,
              attenuation ? `${f.number(attenuation.meanDb, 1)} dB` : undefined,
            ]
              .filter((part) => part !== undefined)
              .join(' · ')}
          </li>
        ))}
      </ul>
      {attempt.processesLeftOut > 0 ? (
        <p className="kb-quiet">
          {t('slac.retries.othersLeftOut', { count: attempt.processesLeftOut })}
        </p>
      ) : null}
    </>
  );
}

/** What had to be repeated, and what was let pass. */
export function RetriesPanel({ attempt }: { attempt: SlacAttempt }) {
  const { t, f } = useText();
  const { retries, tolerated } = attempt;
  const number = (label: string, value: number): FactRow => ({
    label,
    value: value > 0 ? <strong>{f.number(value)}</strong> : f.number(value),
  });
  return (
    <Panel title={t('slac.retries.title')}>
      <Facts
        rows={[
          number(t('slac.retries.parmReq'), retries.parmReq),
          number(t('slac.retries.attenCharInd'), retries.attenCharInd),
          number(t('slac.retries.matchReq'), retries.matchReq),
          number(t('slac.retries.setKey'), retries.setKey),
          { label: t('slac.retries.cycle'), value: f.number(attempt.cycle) },
          { label: t('slac.retries.processes'), value: f.number(attempt.processesIn10s) },
          number(t('slac.retries.foreign'), attempt.foreignEvs.length),
          ...when(
            attempt.undecodable > 0,
            number(t('slac.retries.undecodable'), attempt.undecodable),
          ),
          ...when(attempt.ignored > 0, number(t('slac.retries.ignored'), attempt.ignored)),
        ]}
      />
      {tolerated.length > 0 ? (
        <>
          <h3 className="kb-slac-next-title">{t('slac.retries.tolerated')}</h3>
          <ul className="kb-slac-tolerated">
            {tolerated.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </>
      ) : null}
      <OtherProcesses attempt={attempt} />
    </Panel>
  );
}

function Entries({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <>
      <h3 className="kb-slac-next-title">{title}</h3>
      <ul className="kb-slac-tolerated">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </>
  );
}

/** The modem of this outlet now, and what it did for the attempt shown. */
export function ModemPanel({
  live,
  attempt,
}: {
  live: SlacLive;
  attempt: SlacAttempt | undefined;
}) {
  const { t, f } = useText();
  const { modem } = live;
  const setKey = attempt?.modem.setKey;
  const link = !attempt
    ? undefined
    : attempt.linkLostAt !== undefined
      ? t('slac.modem.linkLost', { after: f.milliseconds(attempt.linkLostAt) })
      : attempt.linkSeen === undefined
        ? t('slac.modem.linkDown')
        : t(attempt.linkSeen ? 'slac.modem.linkUp' : 'slac.modem.linkUnknown');
  return (
    <Panel title={t('slac.modem.title')}>
      {modem.trouble ? (
        <Notice
          tone="bad"
          icon={<IconAlertTriangle size={20} aria-hidden />}
          title={t(`slac.modem.trouble.${modem.trouble}`)}
        />
      ) : null}
      <Facts
        rows={[
          { label: t('slac.modem.state'), value: t(`slac.modem.at.${modem.at}`) },
          { label: t('slac.modem.vendor'), value: t(`slac.modem.vendors.${modem.vendor}`) },
          { label: t('slac.modem.version'), value: modem.version ?? '—' },
          ...when(modem.firmware !== undefined, {
            label: t('slac.modem.firmware'),
            value: modem.firmware ?? '—',
            mono: true,
          }),
          { label: t('slac.modem.mac'), value: modem.mac ?? '—', mono: true },
          {
            label: t('slac.modem.interface'),
            value: [
              live.interface.name,
              live.interface.ok ? t('slac.modem.interfaceOk') : undefined,
            ]
              .filter((part) => part !== undefined)
              .join(' · '),
          },
          ...when(setKey !== undefined, {
            label: t('slac.modem.setKey'),
            value: [
              setKey?.result === undefined
                ? t('slac.modem.setKeyPending')
                : t('slac.modem.setKeyResult', { result: setKey.result }),
              t('slac.modem.setKeyRequests', { count: setKey?.requests ?? 0 }),
            ].join(' · '),
          }),
          ...when(link !== undefined, { label: t('slac.modem.link'), value: link }),
        ]}
      />
      <Entries
        title={t('slac.modem.stations')}
        items={(modem.stations ?? []).map(({ mac, txMbps, rxMbps }) =>
          t('slac.modem.station', { mac, tx: f.number(txMbps), rx: f.number(rxMbps) }),
        )}
      />
      <Entries
        title={t('slac.modem.tolerated')}
        items={live.tolerated.map(({ code, what, count }) =>
          t('slac.modem.toleratedOf', {
            what: t(`slac.toleranceWords.${code}` as 'slac.toleranceWords.no-rsp', {
              defaultValue: what,
            }),
            count: f.number(count) as never,
          }),
        )}
      />
    </Panel>
  );
}
