import { describe, expect, it } from 'vitest';
import { internetService, selectServices, type VasService } from './index.ts';

const both = internetService({ http: true, https: true }) as VasService;
const httpOnly = internetService({ http: true, https: false }) as VasService;

describe('the offer of the internet service', () => {
  it('is service 3, free, with set 3 for http on 80 and set 4 for https on 443', () => {
    expect(both).toEqual({
      id: 3,
      name: 'InternetAccess',
      category: 'Internet',
      free: true,
      parameterSets: [
        {
          id: 3,
          parameters: [
            { name: 'Protocol', value: 'http' },
            { name: 'Port', value: 80 },
          ],
        },
        {
          id: 4,
          parameters: [
            { name: 'Protocol', value: 'https' },
            { name: 'Port', value: 443 },
          ],
        },
      ],
    });
  });

  it('holds only what is configured, and is not there when nothing is', () => {
    expect(httpOnly.parameterSets.map(({ id }) => id)).toEqual([3]);
    expect(
      internetService({ http: false, https: true })?.parameterSets.map(({ id }) => id),
    ).toEqual([4]);
    expect(internetService({ http: false, https: false })).toBeUndefined();
  });
});

describe('selectServices', () => {
  it.each([
    ['nothing', [], true],
    ['set 3', [{ serviceId: 3, parameterSetId: 3 }], true],
    [
      'both sets',
      [
        { serviceId: 3, parameterSetId: 3 },
        { serviceId: 3, parameterSetId: 4 },
      ],
      true,
    ],
    ['a set that was never offered', [{ serviceId: 3, parameterSetId: 1 }], false],
    ['no set', [{ serviceId: 3 }], false],
    ['an unknown service', [{ serviceId: 4, parameterSetId: 3 }], false],
    ['a good one and a bad one', [{ serviceId: 3, parameterSetId: 3 }, { serviceId: 9 }], false],
  ])('%s', (_, selections, valid) => {
    expect(selectServices([both], selections).valid).toBe(valid);
  });

  it('refuses a set that is switched off in the configuration', () => {
    const result = selectServices([httpOnly], [{ serviceId: 3, parameterSetId: 4 }]);
    expect(result).toEqual({ valid: false, reason: 'service 3 has no parameter set 4' });
  });

  it('tells which service and set were selected', () => {
    const result = selectServices([both], [{ serviceId: 3, parameterSetId: 4 }]);
    expect(result).toEqual({
      valid: true,
      selected: [{ service: both, parameterSet: both.parameterSets[1] }],
    });
  });
});
