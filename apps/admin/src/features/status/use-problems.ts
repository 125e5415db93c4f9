import type { Health, OcppStatus } from '@kerbside/contracts';
import type { Tone } from '@kerbside/ui';
import { useApi } from '../../api/query.ts';
import { healthTone } from '../../app/tones.ts';
import { sentence, useText } from '../../i18n/use-text.ts';
import { useTopic, useTopicValues } from '../../stream/stream-context.tsx';

export interface ProblemItem {
  readonly key: string;
  readonly tone: Tone;
  readonly title: string;
  readonly because: string | undefined;
  readonly next: string | undefined;
  readonly since: string | undefined;
  readonly to: '/ocpp' | '/evses/$id' | undefined;
  readonly evse: number | undefined;
}

type Words = ReturnType<typeof useText>;

function fromPart(part: Health['parts'][number], { t, term }: Words): ProblemItem {
  const reason = part.reason === undefined ? undefined : sentence(term('reason', part.reason));
  return {
    key: `health.${part.name}`,
    tone: healthTone(part.status),
    title: `${t(`health.part.${part.name}`)}: ${t(`health.status.${part.status}`)}`,
    because: [reason, part.detail].filter(Boolean).join('. ') || undefined,
    next: t(`health.next.${part.name}`),
    since: part.since,
    to: part.name === 'ocpp' ? '/ocpp' : undefined,
    evse: undefined,
  };
}

function fromOcpp(ocpp: OcppStatus, { t, term }: Words): ProblemItem {
  return {
    key: 'ocpp',
    tone: ocpp.phase === 'rejected' ? 'bad' : 'warn',
    title: `${t('health.part.ocpp')}: ${t(`ocpp.phase.${ocpp.phase}`)}`,
    because: ocpp.reason === undefined ? undefined : sentence(term('ocpp.outcome', ocpp.reason)),
    next: t(`ocpp.phaseText.${ocpp.phase}`),
    since: ocpp.since,
    to: '/ocpp',
    evse: undefined,
  };
}

/** Everything that needs a look, worst first; undefined until the unit has told. */
export function useProblems(): readonly ProblemItem[] | undefined {
  const words = useText();
  const health = useTopic('health').value;
  const ocpp = useTopic('ocpp').value;
  const known = useApi('listEvses', {}).data ?? [];
  const evses = useTopicValues(
    'evse',
    known.map(({ id }) => id),
  );
  if (!health) return undefined;
  const bad = health.parts.filter(({ status }) => status === 'degraded' || status === 'failed');
  const problems = bad.map((part) => fromPart(part, words));
  const ocppAiling = ocpp && ['pending', 'rejected', 'waiting'].includes(ocpp.phase);
  if (ocppAiling && !bad.some(({ name }) => name === 'ocpp')) problems.push(fromOcpp(ocpp, words));
  for (const evse of evses)
    for (const fault of evse.faults)
      problems.push({
        key: `evse.${evse.id}.${fault.code}`,
        tone: 'bad',
        title: `${words.t('evse.name', { id: evse.id })}: ${fault.text}`,
        because: undefined,
        next: words.t('next.check-fault'),
        since: evse.since,
        to: '/evses/$id',
        evse: evse.id,
      });
  return problems.toSorted((a, b) => Number(b.tone === 'bad') - Number(a.tone === 'bad'));
}
