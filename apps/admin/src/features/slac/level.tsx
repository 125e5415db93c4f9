import type { SlacStep, SlacTiming } from '@kerbside/contracts';
import type { Tone } from '@kerbside/ui';
import {
  IconAlertTriangle,
  IconCheck,
  IconCircleDashed,
  IconClockHour4,
  IconMinus,
  IconX,
} from '@tabler/icons-react';
import { useText } from '../../i18n/use-text.ts';

export type LevelName = SlacTiming['level'] | Exclude<SlacStep['state'], 'done'>;

const looks = {
  ok: ['ok', IconCheck],
  near: ['warn', IconAlertTriangle],
  over: ['bad', IconX],
  waiting: ['info', IconClockHour4],
  missing: ['bad', IconCircleDashed],
  'not-reached': ['idle', IconMinus],
} as const satisfies Record<LevelName, readonly [Tone, unknown]>;

export const levelTone = (level: LevelName): Tone => looks[level][0];

/** How a time stands against its limit: by icon and word, not by colour alone. */
export function LevelMark({ level, words = true }: { level: LevelName; words?: boolean }) {
  const { t } = useText();
  const [tone, Icon] = looks[level];
  const word = t(`slac.level.${level}`);
  return (
    <span className="kb-level" data-tone={tone}>
      <Icon size={15} stroke={2.4} aria-hidden />
      <span className={words ? undefined : 'kb-visually-hidden'}>{word}</span>
    </span>
  );
}
