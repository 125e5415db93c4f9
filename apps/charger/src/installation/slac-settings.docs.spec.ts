import { readFileSync } from 'node:fs';
import { pilotTimers } from '@kerbside/charging';
import { slacSettings } from '@kerbside/contracts';
import { evseSettings } from '@kerbside/slac';
import { expect, it } from 'vitest';
import { describeSlac, pilotConfigOf, slacConfigOf, type SlacLayers } from './slac-settings.ts';

const text = readFileSync(new URL('../../../../docs/slac.md', import.meta.url), 'utf8');
const layers = (installation: SlacLayers['installation']): SlacLayers => ({
  installation,
  store: undefined,
  slacInitTimeout: undefined,
});

it('the settings that docs/slac.md shows are every setting with its default', () => {
  const [, shown = ''] = /## Settings[^]*?```json\n([^]*?)```/.exec(text) ?? [];
  const document = slacSettings.parse(JSON.parse(shown));
  const set = (of: SlacLayers) => ({
    engine: evseSettings(slacConfigOf(of, false)),
    pilot: { ...pilotConfigOf(of), timers: undefined },
  });
  expect(set(layers(document))).toEqual(set(layers(undefined)));
  expect(Object.keys(document).sort()).toEqual(Object.keys(slacSettings.shape).sort());
  for (const { name, value, default: usual } of describeSlac(layers(document)))
    expect(value, name).toEqual(usual);
});

it('docs/slac.md has every timer of the pilot with its default and its range', () => {
  const shown = (ms: number) => (ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`);
  for (const [name, { value, least, most, meaning }] of Object.entries(pilotTimers)) {
    const row = new RegExp(`^\\| ${name} +\\|(.*)$`, 'm').exec(text)?.[1] ?? '';
    const [usual, range, , words] = row.split('|').map((cell) => cell.trim());
    expect([usual, range, words], name).toEqual([
      shown(value),
      `${shown(least)} to ${shown(most)}`,
      meaning,
    ]);
  }
});
