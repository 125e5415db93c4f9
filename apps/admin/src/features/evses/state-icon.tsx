import type { EvseState } from '@kerbside/contracts';
import { StateBadge } from '@kerbside/ui';
import {
  IconAlertTriangle,
  IconBan,
  IconBolt,
  IconCircleDashed,
  IconFlagCheck,
  IconMessages,
  IconPlayerPause,
  IconPlayerStop,
  IconPlug,
  IconPlugConnected,
  IconShieldQuestion,
  IconWaveSine,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { stateTone } from '../../app/tones.ts';
import { useText } from '../../i18n/use-text.ts';

const icons: Readonly<
  Record<EvseState, ComponentType<{ size?: number; 'aria-hidden'?: boolean }>>
> = {
  Available: IconCircleDashed,
  Preparing: IconPlug,
  Authorizing: IconShieldQuestion,
  Matching: IconWaveSine,
  Communicating: IconMessages,
  Ready: IconPlugConnected,
  Charging: IconBolt,
  SuspendedEV: IconPlayerPause,
  SuspendedEVSE: IconPlayerPause,
  Stopping: IconPlayerStop,
  Finishing: IconFlagCheck,
  Faulted: IconAlertTriangle,
  Unavailable: IconBan,
};

/** The state of an EVSE as a badge: word, icon, colour. */
export function EvseStateBadge({
  state,
  size = 'md',
}: {
  state: EvseState;
  size?: 'sm' | 'md' | 'lg';
}) {
  const { t } = useText();
  const Icon = icons[state];
  return (
    <StateBadge
      tone={stateTone(state)}
      size={size}
      icon={<Icon size={size === 'lg' ? 20 : 16} aria-hidden />}
    >
      {t(`evse.state.${state}`)}
    </StateBadge>
  );
}
