import type { AC_EVSEStatusType, DC_EVSEStatusType } from '../../messages/iso2/iso2.ts';
import type { EvseView } from '../../ports.ts';

/** Seconds that the car has to act on a notification. */
const NOTIFICATION_MAX_DELAY = 0;

const notification = (facts: EvseView) =>
  facts.stop === undefined && facts.fault === undefined ? 'None' : 'StopCharging';

export function acEvseStatus(facts: EvseView): AC_EVSEStatusType {
  return {
    NotificationMaxDelay: NOTIFICATION_MAX_DELAY,
    EVSENotification: notification(facts),
    // The residual current device is the board's: when it trips, the board reports a fault and opens.
    RCD: false,
  };
}

const isolation = {
  idle: 'Invalid',
  ongoing: 'Invalid',
  valid: 'Valid',
  warning: 'Warning',
  fault: 'Fault',
} as const;

function statusCode(facts: EvseView): DC_EVSEStatusType['EVSEStatusCode'] {
  if (facts.stop === 'EmergencyStop') return 'EVSE_EmergencyShutdown';
  if (facts.fault !== undefined || facts.cableCheck === 'fault') return 'EVSE_Malfunction';
  if (facts.stop !== undefined) return 'EVSE_Shutdown';
  if (facts.cableCheck === 'ongoing') return 'EVSE_IsolationMonitoringActive';
  return facts.cableCheck === 'idle' ? 'EVSE_NotReady' : 'EVSE_Ready';
}

export function dcEvseStatus(facts: EvseView): DC_EVSEStatusType {
  return {
    NotificationMaxDelay: NOTIFICATION_MAX_DELAY,
    EVSENotification: notification(facts),
    EVSEIsolationStatus: isolation[facts.cableCheck],
    EVSEStatusCode: statusCode(facts),
  };
}
