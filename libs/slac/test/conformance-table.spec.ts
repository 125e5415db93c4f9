import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const text = readFileSync(new URL('../../../docs/slac-conformance.md', import.meta.url), 'utf8');
const here = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => /^\| (CMN|AC|DC) /.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, name = '', clause = '', content = '', check = '']) => ({
    name,
    clause,
    content,
    check,
  }));
const files = readdirSync(new URL('.', import.meta.url)).filter((file) =>
  file.endsWith('.spec.ts'),
);

/** So many cases of each name, as the inventory of the conformance test has them. */
const inventory: Readonly<Record<string, number>> = {
  'CMN CmSlacParm': 9,
  'AC CmSlacParm': 4,
  'CMN AttenuationCharacterization': 20,
  'CMN CmValidate': 13,
  'CMN CmSlacMatch': 24,
  'CMN CmAmpMap': 8,
  'CMN PLCLinkStatus': 5,
  'AC PLCLinkStatus': 12,
  'DC PLCLinkStatus': 7,
  'CMN EVCC CmSlacParm': 14,
  'AC EVCC CmSlacParm': 2,
  'CMN EVCC AttenuationCharacterization': 13,
  'AC EVCC AttenuationCharacterization': 2,
  'CMN EVCC CmValidate': 21,
  'CMN EVCC CmValidateOrCmSlacMatch': 1,
  'CMN EVCC CmSlacMatch': 12,
  'CMN EVCC CmAmpMap': 8,
  'CMN EVCC PLCLinkStatus': 8,
  'AC EVCC PLCLinkStatus': 10,
  'DC EVCC PLCLinkStatus': 5,
};

describe('docs/slac-conformance.md', () => {
  it('has every case once, and no other', () => {
    const wanted = Object.entries(inventory).flatMap(([name, count]) =>
      Array.from({ length: count }, (_, i) => `${name} ${String(i + 1).padStart(3, '0')}`),
    );
    expect(rows.map(({ name }) => name)).toEqual(wanted);
  });

  it.each(rows)(
    '$name: its test exists and names it, or it says why there is none',
    ({ name, content, check }) => {
      const found = /^`([\w.-]+)`: "([^"]+)" \((charger|vehicle), simulated clock\)/.exec(check);
      if (!found) {
        const unknown = content === 'content not known';
        expect(check).toMatch(unknown ? /^-$/ : /^not checked here: \S/);
        return;
      }
      expect(content).not.toBe('content not known');
      const [, file = '', title = ''] = found;
      expect(title, 'a test of another case shows nothing of this one').toContain(name);
      expect(here(file)).toContain(title);
    },
  );

  it('has every case that a title names', () => {
    const named = new RegExp(`(${Object.keys(inventory).join('|')}) \\d{3}`, 'g');
    const known = new Set(rows.map(({ name }) => name));
    let seen = 0;
    for (const file of files)
      for (const [name] of here(file).matchAll(named)) {
        expect(known, file).toContain(name);
        seen++;
      }
    expect(seen).toBeGreaterThan(80);
  });

  it('counts its rows right', () => {
    const charger = rows.filter(({ name }) => !name.includes('EVCC'));
    const vehicle = rows.filter(({ name }) => name.includes('EVCC'));
    const flat = text.replace(/\s+/g, ' ');
    for (const [who, of] of [
      ['charger', charger],
      ['vehicle', vehicle],
    ] as const) {
      const checked = of.filter(({ check }) => check.startsWith('`')).length;
      const outside = of.filter(({ check }) => check.startsWith('not')).length;
      const unknown = of.filter(({ content }) => content === 'content not known').length;
      expect(flat).toContain(
        `Of ${of.length} cases for the ${who} ${checked} are checked, ${outside} need something outside of SLAC, and of ${unknown} the content is not known.`,
      );
    }
  });
});
