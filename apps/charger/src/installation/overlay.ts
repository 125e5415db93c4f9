import {
  evseIdText,
  interfaceName,
  LOG_LEVELS,
  type SlacSettings,
  slacSettings,
} from '@kerbside/contracts';
import { z } from 'zod';

/** What was set through the API; it overrides the installation document, and is kept in the store. */
const overlay = z
  .object({
    logLevel: z.enum(LOG_LEVELS).optional(),
    evses: z
      .record(
        z.string(),
        z
          .object({
            evseId: evseIdText.optional(),
            interface: interfaceName.optional(),
            slac: slacSettings.optional(),
          })
          .strict(),
      )
      .default({}),
  })
  .strict();
export type Overlay = z.infer<typeof overlay>;
export type EvseOverlay = Overlay['evses'][string];

export const OVERLAY_KEY = 'settings';
export const emptyOverlay: Overlay = { evses: {} };

/** Reads what the store holds; undefined where it cannot be understood. */
export function parseOverlay(text: string): Overlay | undefined {
  try {
    const parsed = overlay.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export const overlayOf = (all: Overlay, evse: number): EvseOverlay => all.evses[evse] ?? {};

export function withEvse(all: Overlay, evse: number, change: EvseOverlay): Overlay {
  const { [evse]: before = {}, ...others } = all.evses;
  return { ...all, evses: { ...others, [evse]: { ...before, ...change } } };
}

export const isEmpty = (settings: SlacSettings): boolean => Object.keys(settings).length === 0;
