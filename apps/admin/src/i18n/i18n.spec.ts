import { describe, expect, it } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';
import { humanise } from './use-text.ts';

function flatten(texts: object, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`),
  );
}
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).toSorted();

describe('translations', () => {
  const english = new Map(flatten(en));
  const german = new Map(flatten(de));

  it('German has every key of English and no other', () => {
    expect([...german.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  it('no text is empty', () => {
    for (const [key, text] of [...english, ...german]) expect(text, key).not.toBe('');
  });

  it('both fill in the same values', () => {
    for (const [key, text] of english)
      expect(placeholders(german.get(key) ?? ''), key).toEqual(placeholders(text));
  });
});

it.each([
  ['waiting-for-the-csms', 'waiting for the csms'],
  ['SuspendedEV', 'Suspended EV'],
  ['vas.selected', 'vas selected'],
  ['', ''],
])('the unknown key %j reads %j', (key, words) => expect(humanise(key)).toBe(words));
