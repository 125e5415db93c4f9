import type { SlacAttempt, SlacFrame } from '@kerbside/contracts';
import { EmptyState, Panel } from '@kerbside/ui';
import { IconArrowsMinimize, IconArrowsMaximize } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useTimes } from './use-times.ts';
import { FrameDetails } from './frame-details.tsx';
import { type LadderRow, ladderRows, worstTiming } from './ladder-rows.ts';
import { LevelMark } from './level.tsx';

type Actor = SlacFrame['from'];

/** Two lifelines and the arrow between them; the label stands above it. */
function Arrow({
  from,
  to,
  name,
  foreign = false,
}: {
  from: Actor;
  to: Actor;
  name: string;
  foreign?: boolean;
}) {
  return (
    <span
      className="kb-arrow"
      data-span={from === 'modem' || to === 'modem' ? 'right' : 'left'}
      data-to={to === 'evse' ? (from === 'ev' ? 'right' : 'left') : to === 'ev' ? 'left' : 'right'}
      data-foreign={foreign || undefined}
    >
      <span className="kb-arrow-name kb-mono">{name}</span>
    </span>
  );
}

function Times({ frames, since }: { frames: readonly SlacFrame[]; since: number }) {
  const { t } = useText();
  const time = useTimes();
  const timing = worstTiming(frames);
  return (
    <span className="kb-ladder-times">
      <span className="kb-quiet">+{time(since)}</span>
      {timing ? (
        <span className="kb-ladder-limit">
          <LevelMark level={timing.level} words={false} />
          <span>
            {t('slac.steps.of', {
              taken: time(timing.elapsedMs),
              limit: time(timing.limitMs),
            })}
          </span>
        </span>
      ) : null}
    </span>
  );
}

function FrameRow({
  frame,
  foreign,
  choose,
}: {
  frame: SlacFrame;
  foreign: boolean;
  choose: (frame: SlacFrame) => void;
}) {
  const { t } = useText();
  const time = useTimes();
  const { name, from, to, at, sinceMs, timing } = frame;
  const who = (actor: Actor) =>
    actor === 'ev' && foreign ? t('slac.ladder.foreign') : t(`slac.ladder.${actor}`);
  const words = t('slac.ladder.direction', {
    name,
    from: who(from),
    to: who(to),
    at: time(at),
    delta: time(sinceMs),
  });
  const limit = timing
    ? `, ${timing.timer}: ${t('slac.steps.of', {
        taken: time(timing.elapsedMs),
        limit: time(timing.limitMs),
      })}, ${t(`slac.level.${timing.level}`)}`
    : '';
  return (
    <li>
      <button
        type="button"
        className="kb-ladder-row"
        aria-label={`${words}${limit}`}
        onClick={() => choose(frame)}
      >
        <span className="kb-ladder-at">{time(at)}</span>
        <span className="kb-ladder-lanes">
          <Arrow from={from} to={to} name={name} foreign={foreign} />
          {foreign ? <span className="kb-ladder-foreign">{t('slac.ladder.foreign')}</span> : null}
        </span>
        <Times frames={[frame]} since={sinceMs} />
      </button>
    </li>
  );
}

function SoundsRow({
  row,
  toggle,
}: {
  row: Extract<LadderRow, { kind: 'sounds' }>;
  toggle: () => void;
}) {
  const { t } = useText();
  const time = useTimes();
  const first = row.frames[0];
  const last = row.frames.at(-1);
  const words = t('slac.ladder.group', {
    sounds: row.sounds,
    profiles: row.profiles,
    first: time(first?.at ?? 0),
    last: time(last?.at ?? 0),
  });
  // both names stand beside each other: without what they have in common
  const many = (count: number, soundName: string) =>
    t('slac.ladder.sounds', { sounds: count, soundName });
  return (
    <li>
      <button
        type="button"
        className="kb-ladder-row kb-ladder-group"
        aria-label={`${words}. ${t('slac.ladder.expand')}`}
        aria-expanded={false}
        onClick={toggle}
      >
        <span className="kb-ladder-at">{time(first?.at ?? 0)}</span>
        <span className="kb-ladder-lanes">
          {row.sounds > 0 ? (
            <Arrow from="ev" to="evse" name={many(row.sounds, 'MNBC_SOUND')} />
          ) : null}
          {row.profiles > 0 ? (
            <Arrow from="modem" to="evse" name={many(row.profiles, 'ATTEN_PROFILE')} />
          ) : null}
        </span>
        <Times frames={row.frames} since={first?.sinceMs ?? 0} />
        <IconArrowsMaximize size={15} aria-hidden className="kb-ladder-fold" />
      </button>
    </li>
  );
}

function Rows({ attempt, choose }: { attempt: SlacAttempt; choose: (frame: SlacFrame) => void }) {
  const { t } = useText();
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const rows = useMemo(() => ladderRows(attempt.frames), [attempt.frames]);
  const toggle = (id: number) =>
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  const foreign = ({ from, source, to, target }: SlacFrame) =>
    attempt.foreignEvs.includes(from === 'ev' ? source : to === 'ev' ? target : '');
  const row = (frame: SlacFrame) => (
    <FrameRow key={frame.n} frame={frame} foreign={foreign(frame)} choose={choose} />
  );
  return (
    <ol className="kb-ladder" aria-label={t('slac.ladder.label')}>
      {rows.map((one) => {
        if (one.kind === 'frame') return row(one.frame);
        if (!open.has(one.id))
          return <SoundsRow key={one.id} row={one} toggle={() => toggle(one.id)} />;
        return [
          <li key={`fold-${one.id}`} className="kb-ladder-folder">
            <button type="button" aria-expanded onClick={() => toggle(one.id)}>
              <IconArrowsMinimize size={15} aria-hidden /> {t('slac.ladder.collapse')}
            </button>
          </li>,
          ...one.frames.map(row),
        ];
      })}
    </ol>
  );
}

/** Who said what when: car, charger and modem as lifelines, each message with its time and limit. */
export function Ladder({ attempt }: { attempt: SlacAttempt }) {
  const { t } = useText();
  const [chosen, setChosen] = useState<SlacFrame>();
  const notes = [
    attempt.framesLeftOut > 0 ? t('slac.ladder.leftOut', { count: attempt.framesLeftOut }) : '',
    attempt.suppressed > 0 ? t('slac.ladder.suppressed', { count: attempt.suppressed }) : '',
  ].filter((note) => note !== '');
  return (
    <Panel title={t('slac.ladder.title')} flush>
      {attempt.frames.length === 0 ? (
        <EmptyState title={t('slac.ladder.empty')} />
      ) : (
        <>
          <p className="kb-quiet kb-ladder-hint">{t('slac.ladder.hint')}</p>
          <div className="kb-ladder-head" aria-hidden>
            <span className="kb-ladder-at">{t('slac.ladder.time')}</span>
            <span className="kb-ladder-lanes">
              <strong data-lane="ev">{t('slac.ladder.ev')}</strong>
              <strong data-lane="evse">{t('slac.ladder.evse')}</strong>
              <strong data-lane="modem">{t('slac.ladder.modem')}</strong>
            </span>
            <span className="kb-ladder-times">{t('slac.steps.limit')}</span>
          </div>
          <Rows attempt={attempt} choose={setChosen} />
          {notes.map((note) => (
            <p key={note} className="kb-quiet kb-ladder-hint">
              {note}
            </p>
          ))}
        </>
      )}
      <FrameDetails frame={chosen} close={() => setChosen(undefined)} />
    </Panel>
  );
}
