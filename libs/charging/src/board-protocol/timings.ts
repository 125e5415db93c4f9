import { millis } from '@kerbside/kernel';

/** The charger sends a heartbeat this often, from the loop that runs the actors. */
export const T_HEARTBEAT = millis(250);
/** The board opens the contactor, by itself, after this long without a heartbeat. */
export const T_HEARTBEAT_LOST = millis(1000);
/** The charger calls the link lost after this long without any line from the board. */
export const T_BOARD_SILENT = millis(1000);
/** From connection to `ready`; after that the charger connects anew. */
export const T_BOARD_HELLO = millis(3000);
/** Pause before the charger connects again. */
export const T_BOARD_RECONNECT = millis(250);
