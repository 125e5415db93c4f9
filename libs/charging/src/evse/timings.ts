import { millis, minutes, seconds } from '@kerbside/kernel';

/** A pilot change towards plugged-in or towards energy must hold this long; all others act at once. */
export const T_PILOT_DEBOUNCE = millis(100);
/** After our own output left F, the pilot reading may still be the one of F. */
export const T_PILOT_SETTLE = millis(1000);
/** The contactor confirms an order within this time. */
export const T_CONTACTOR = millis(1000);
/** Of the closings of the contactor within this time there are at most so many. */
export const T_CLOSINGS = minutes(1);
export const MAX_CLOSINGS = 6;
/** PowerDelivery start: from the car's request to the closed contactor, so that its answer is in time. */
export const T_POWER_ON = millis(4000);
/** The car leaves state C after the duty cycle is withdrawn. IEC 61851-1 wants 3 s */
export const T_BASIC_STOP = millis(3000);
/** As above where the EVSE only pauses; under load it opens only after this. IEC 61851-1 */
export const T_BASIC_PAUSE = millis(6000);
/** A car that is told to stop over V2G obeys within this time, or the contactor opens under load. */
export const T_STOP_OBEYED = seconds(10);
/** A fault is shown to the car over V2G this long before the pilot goes to F. Energy is off already. */
export const T_FAULT_TOLD = seconds(3);
/** A commit that takes longer has failed as far as energy is concerned. */
export const T_COMMIT = seconds(2);
/** Pauses between the tries to record facts again. */
export const T_RECORD_RETRY = [millis(500), seconds(1), seconds(2), seconds(5)] as const;
/** The authorizer answers within this time, or the token counts as not accepted. */
export const T_AUTHORIZE = seconds(60);
/** The meter is read again this often where a reading is indispensable. */
export const T_METER_RETRY = millis(500);
/** Without any reading for this long the meter has failed. */
export const T_METER_SILENT = seconds(10);
/** For a start or stop the meter is waited for this long; then a start fails, a stop takes the newest reading. */
export const T_METER_NEEDED = seconds(3);
/** How much later than it happened the plug-in of a vehicle may be told. */
export const T_PLUG_SEEN = millis(200);
/** So far may the board's clock and ours go apart. */
export const CLOCK_DEVIATION = 0.001;
/** After a restart, and where the board does not tell since when a vehicle is there: it is the one of before for so long. */
export const T_RESUME_UNSEEN = minutes(2);
/** A lost board link ends the transaction after this time; energy is off at once. */
export const T_BOARD_GRACE = seconds(10);
/** V2G_SECC_CommunicationSetup_Timeout: from the link to a V2G session. ISO 15118-2 */
export const T_SESSION_SETUP = seconds(20);
/** Cable check from the request to its result, below the 40 s that the car waits. */
export const T_CABLE_CHECK = seconds(30);
/** DC output: from power-off until the contactor opens, at most. */
export const T_RAMP_DOWN = millis(1500);
/** The lock confirms within this time. */
export const T_LOCK = seconds(3);
/** A car that draws more than it is told for this long is cut off; a lower offer gives it 5 s. IEC 61851-1 */
export const T_OVER_CURRENT = seconds(10);
/** No draw for this long while power is offered: the car holds back. */
export const T_NO_DRAW = seconds(10);
/** An unlock command is answered within this time: stop, last reading and lock included. */
export const T_UNLOCK = seconds(16);
