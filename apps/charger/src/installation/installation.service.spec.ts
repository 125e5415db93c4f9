import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { parseInstallation } from '../wiring/installation.ts';
import { InstallationService } from './installation.service.ts';
import { emptyOverlay, type Overlay } from './overlay.ts';

const evse = (id: number) => ({
  id,
  interface: `ev${id}`,
  board: { path: `/run/board-${id}.sock` },
  meter: { host: '10.0.0.9', unit: id },
});

/** Each save waits to be let through: as many are under way as the service starts. */
function service() {
  const kept: Overlay[] = [];
  const applied: [number, unknown][] = [];
  const fail: boolean[] = [];
  const made = new InstallationService({
    environment: parseConfig({ KERBSIDE_DATA: '/nowhere' }),
    installation: parseInstallation({ evses: [evse(1), evse(2)] }, 'test'),
    origin: 'file',
    overlay: emptyOverlay,
    async save(overlay) {
      await new Promise((resolve) => setImmediate(resolve));
      if (fail.shift()) throw new Error('disk gone');
      kept.push(overlay);
    },
    apply: (id, layers) => void applied.push([id, layers.store]),
  });
  return { made, kept, applied, fail };
}
const one = { timers: { TT_EVSE_SLAC_init: 45_000 } };
const two = { fastTimeout: true };

describe('changes that come at once', () => {
  it('are all kept: what is on disk is what the EVSEs run with', async () => {
    const { made, kept, applied } = service();
    await Promise.all([
      made.putSlac(1, one, 'a'),
      made.putSlac(2, two, 'b'),
      made.putUnit({ logLevel: 'debug' }, 'c'),
    ]);
    expect(kept.at(-1)).toEqual({
      logLevel: 'debug',
      evses: { 1: { slac: one }, 2: { slac: two } },
    });
    expect(applied).toEqual([
      [1, one],
      [2, two],
    ]);
  });

  it('to the same EVSE end with the last one, on disk and in the EVSE', async () => {
    const { made, kept, applied } = service();
    await Promise.all([made.putSlac(1, one, 'a'), made.putSlac(1, two, 'b')]);
    expect(kept.at(-1)?.evses).toEqual({ 1: { slac: two } });
    expect(applied.at(-1)).toEqual([1, two]);
  });

  it('one that cannot be kept or is not valid takes no other with it', async () => {
    const { made, kept, applied, fail } = service();
    fail.push(true);
    const bad = { timers: { TT_EVSE_SLAC_init: 1 } };
    const ends = await Promise.allSettled([
      made.putSlac(1, one, 'a'),
      made.putSlac(2, bad, 'b'),
      made.putSlac(2, two, 'c'),
    ]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(kept).toEqual([{ evses: { 2: { slac: two } } }]);
    expect(applied).toEqual([[2, two]]);
  });
});
