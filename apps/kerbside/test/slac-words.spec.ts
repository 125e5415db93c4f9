import { SLAC_VERDICTS } from '@kerbside/contracts';
import { tolerances, verdictCodes, verdictWords } from '@kerbside/slac';
import { expect, it } from 'vitest';
import { slacEn } from '../../admin/src/i18n/slac-en.ts';

it('the English of the user interface has the verdicts of SLAC in the words of the charger', () => {
  expect(slacEn.verdict).toEqual(verdictWords);
});

it('the English of the user interface has the tolerated deviations in the words of the charger', () => {
  expect(slacEn.toleranceWords).toEqual(tolerances);
});

it('the contract has every verdict of SLAC and no other', () => {
  expect([...SLAC_VERDICTS].toSorted()).toEqual(verdictCodes.toSorted());
});
