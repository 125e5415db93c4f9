import { enumeration, type Infer, restriction, xs } from '@kerbside/exi';
import { commonTypes } from '../namespaces.ts';

export const numericIDType = commonTypes.simpleType(
  'numericIDType',
  restriction(xs.unsignedInt, { minInclusive: 1, maxInclusive: 4294967295 }),
);
export type numericIDType = Infer<typeof numericIDType>;

export const processingType = commonTypes.simpleType(
  'processingType',
  enumeration('Finished', 'Ongoing', 'Ongoing_WaitingForCustomerInteraction'),
);
export type processingType = Infer<typeof processingType>;

export const percentValueType = commonTypes.simpleType(
  'percentValueType',
  restriction(xs.byte, { minInclusive: 0, maxInclusive: 100 }),
  { unit: '%' },
);
export type percentValueType = Infer<typeof percentValueType>;

export const identifierType = commonTypes.simpleType(
  'identifierType',
  restriction(xs.string, { maxLength: 255 }),
);
export type identifierType = Infer<typeof identifierType>;

export const nameType = commonTypes.simpleType(
  'nameType',
  restriction(xs.string, { maxLength: 80 }),
);
export type nameType = Infer<typeof nameType>;

export const descriptionType = commonTypes.simpleType(
  'descriptionType',
  restriction(xs.string, { maxLength: 160 }),
);
export type descriptionType = Infer<typeof descriptionType>;
