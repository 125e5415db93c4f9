import type { Evse, EvseState } from '@kerbside/contracts';
import { stateTerm } from '../../i18n/state-term.ts';
import { useText } from '../../i18n/use-text.ts';

/** The words around the state of an EVSE: state, what that means, why, what it waits for, what to do. */
export function useEvseText(): (evse: Evse) => {
  state: string;
  meaning: string;
  reason: string;
  waitingFor: string | undefined;
  next: string | undefined;
} {
  const { t } = useText();
  return (evse) => {
    const state: EvseState = evse.state;
    return {
      state: t(`evse.state.${state}`),
      meaning: t(`evse.stateText.${state}`),
      reason: stateTerm(t, 'reason', evse.reason),
      waitingFor:
        evse.waitingFor === undefined ? undefined : stateTerm(t, 'waiting', evse.waitingFor),
      next: evse.next === undefined ? undefined : stateTerm(t, 'next', evse.next),
    };
  };
}
