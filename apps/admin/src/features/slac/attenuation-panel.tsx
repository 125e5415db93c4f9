import { Table } from '@mantine/core';
import type { SlacAttempt, SlacProcess, SlacSound } from '@kerbside/contracts';
import { EmptyState, Metric, Panel, SpectrumChart, StateBadge, type Tone } from '@kerbside/ui';
import { useText } from '../../i18n/use-text.ts';

/** Mean attenuation, dB. DIN/TS 70121 Annex C */
const IMPLAUSIBLE = 20;
const GOOD = 35;
const POOR = 40;

export function attenuationGrade(
  meanDb: number,
): readonly ['verdictImplausible' | 'verdictGood' | 'verdictFair' | 'verdictPoor', Tone] {
  if (meanDb < IMPLAUSIBLE) return ['verdictImplausible', 'warn'];
  if (meanDb <= GOOD) return ['verdictGood', 'ok'];
  return meanDb > POOR ? ['verdictPoor', 'bad'] : ['verdictFair', 'warn'];
}

function Numbers({ process }: { process: SlacProcess }) {
  const { t, f } = useText();
  const { attenuation, announced = 0, sounds } = process;
  const measured = sounds.filter(({ measuredAt }) => measuredAt !== undefined).length;
  const heard = sounds.filter(({ heardAt }) => heardAt !== undefined).length;
  const count = (value: number) => t('slac.attenuation.of', { count: value, all: announced });
  return (
    <dl className="kb-numbers">
      <Metric
        size="lg"
        label={t('slac.attenuation.meanDb')}
        value={attenuation ? f.number(attenuation.meanDb, 1) : undefined}
        unit="dB"
      />
      <Metric
        size="lg"
        label={t('slac.attenuation.profiles')}
        value={count(attenuation?.profiles ?? measured)}
        unit=""
      />
      <Metric size="lg" label={t('slac.attenuation.heard')} value={count(heard)} unit="" />
    </dl>
  );
}

/** How the mean stands against the last good one of the outlet. */
function Comparison({ process, attempt }: { process: SlacProcess; attempt: SlacAttempt }) {
  const { t, f } = useText();
  const good = attempt.lastGood;
  if (!good || !process.attenuation) return null;
  const difference = process.attenuation.meanDb - good.meanDb;
  const words =
    Math.abs(difference) < 0.05
      ? t('slac.attenuation.same')
      : t(difference < 0 ? 'slac.attenuation.better' : 'slac.attenuation.worse', {
          db: f.number(Math.abs(difference), 1),
        });
  return (
    <p className="kb-slac-hint kb-quiet">
      {t('slac.attenuation.compare', { time: f.dateTime(good.began) })}: <strong>{words}</strong>
    </p>
  );
}

function Chart({ attempt, process }: { attempt: SlacAttempt; process: SlacProcess }) {
  const { t, f } = useText();
  const { attenuation } = process;
  if (!attenuation) return null;
  const { groups, lowest, highest, meanDb, profiles } = attenuation;
  return (
    <SpectrumChart
      mean={groups}
      lowest={lowest}
      highest={highest}
      {...(attempt.lastGood ? { ghost: attempt.lastGood.groups } : {})}
      zones={[
        { from: 0, to: IMPLAUSIBLE, tone: 'warn', label: t('slac.attenuation.implausible') },
        { from: IMPLAUSIBLE, to: GOOD, tone: 'ok', label: t('slac.attenuation.good') },
        { from: POOR, tone: 'bad', label: t('slac.attenuation.poor') },
      ]}
      names={{
        mean: t('slac.attenuation.mean'),
        spread: t('slac.attenuation.spread'),
        ghost: t('slac.attenuation.ghost'),
      }}
      groupName={t('slac.attenuation.group')}
      format={(value) => `${f.number(value)} dB`}
      label={t('slac.attenuation.label', {
        mean: f.number(meanDb, 1),
        lowest: f.number(Math.min(...lowest)),
        highest: f.number(Math.max(...highest)),
        profiles,
      })}
    />
  );
}

function SoundRow({ sound }: { sound: SlacSound }) {
  const { t, f } = useText();
  const { cnt, heardAt, meanDb, lowestDb, highestDb } = sound;
  return (
    <Table.Tr>
      <Table.Td>{cnt ?? '—'}</Table.Td>
      <Table.Td>
        {heardAt === undefined ? t('slac.attenuation.notHeard') : f.milliseconds(heardAt)}
      </Table.Td>
      <Table.Td>
        {meanDb === undefined ? t('slac.attenuation.notMeasured') : `${f.number(meanDb, 1)} dB`}
      </Table.Td>
      <Table.Td>
        {lowestDb === undefined || highestDb === undefined
          ? '—'
          : `${f.number(lowestDb)}–${f.number(highestDb)} dB`}
      </Table.Td>
    </Table.Tr>
  );
}

function Sounds({ process }: { process: SlacProcess }) {
  const { t } = useText();
  const { unheard, unmeasured, sounds } = process;
  const missing = [
    unheard.length > 0 ? t('slac.attenuation.unheard', { list: unheard.join(', ') }) : '',
    unmeasured.length > 0 ? t('slac.attenuation.unmeasured', { list: unmeasured.join(', ') }) : '',
  ].filter((line) => line !== '');
  return (
    <>
      {missing.map((line) => (
        <p key={line} className="kb-slac-missing">
          {line}
        </p>
      ))}
      {sounds.length > 0 ? (
        <Table
          verticalSpacing={4}
          horizontalSpacing="xs"
          fz={14}
          className="kb-slac-sounds"
          aria-label={t('slac.attenuation.sounds')}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('slac.attenuation.cnt')}</Table.Th>
              <Table.Th>{t('slac.attenuation.heardAt')}</Table.Th>
              <Table.Th>{t('slac.attenuation.soundMean')}</Table.Th>
              <Table.Th>{t('slac.attenuation.soundRange')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sounds.map((sound, index) => (
              <SoundRow key={index} sound={sound} />
            ))}
          </Table.Tbody>
        </Table>
      ) : null}
    </>
  );
}

/** Attenuation over the carrier groups, its spread, the last good one, and each sound. */
export function AttenuationPanel({ attempt }: { attempt: SlacAttempt }) {
  const { t } = useText();
  const process = attempt.processes[0];
  const meanDb = process?.attenuation?.meanDb;
  const [grade, tone] =
    meanDb === undefined ? [undefined, 'idle' as const] : attenuationGrade(meanDb);
  return (
    <Panel
      title={t('slac.attenuation.title')}
      aside={
        grade ? (
          <StateBadge tone={tone} size="sm">
            {t(`slac.attenuation.${grade}`)}
          </StateBadge>
        ) : undefined
      }
    >
      {!process || (process.sounds.length === 0 && !process.attenuation) ? (
        <EmptyState title={t('slac.attenuation.empty')} />
      ) : (
        <>
          <Numbers process={process} />
          <Comparison process={process} attempt={attempt} />
          <Chart attempt={attempt} process={process} />
          {process.attenuation ? (
            <p className="kb-quiet kb-slac-hint">{t('slac.attenuation.groupHint')}</p>
          ) : null}
          <Sounds process={process} />
        </>
      )}
    </Panel>
  );
}
