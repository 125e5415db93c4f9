import type { SlacAttempt } from '@kerbside/contracts';

export function matchedAttempt(
  evse: number,
  id: string,
  began: number,
  how?: { db?: number; lost?: number[]; requests?: number },
): SlacAttempt;
export function unchosenAttempt(
  evse: number,
  id: string,
  began: number,
  lastGood?: SlacAttempt,
): SlacAttempt;
export function silentAttempt(evse: number, id: string, began: number): SlacAttempt;
