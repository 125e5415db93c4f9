import { type Infer, restriction, xs } from '@kerbside/exi';
import { msgDataTypes } from './namespaces.ts';

export const sessionIDType = msgDataTypes.simpleType(
  'sessionIDType',
  restriction(xs.hexBinary, { maxLength: 8 }),
);
export type sessionIDType = Infer<typeof sessionIDType>;

export const evccIDType = msgDataTypes.simpleType(
  'evccIDType',
  restriction(xs.hexBinary, { maxLength: 8 }),
);
export type evccIDType = Infer<typeof evccIDType>;

export const evseIDType = msgDataTypes.simpleType(
  'evseIDType',
  restriction(xs.hexBinary, { maxLength: 32 }),
);
export type evseIDType = Infer<typeof evseIDType>;

export const serviceIDType = msgDataTypes.simpleType(
  'serviceIDType',
  restriction(xs.unsignedShort),
);
export type serviceIDType = Infer<typeof serviceIDType>;

export const contractIDType = msgDataTypes.simpleType(
  'contractIDType',
  restriction(xs.string, { maxLength: 24 }),
);
export type contractIDType = Infer<typeof contractIDType>;

export const meterIDType = msgDataTypes.simpleType(
  'meterIDType',
  restriction(xs.string, { maxLength: 32 }),
);
export type meterIDType = Infer<typeof meterIDType>;

export const SAIDType = msgDataTypes.simpleType('SAIDType', restriction(xs.short));
export type SAIDType = Infer<typeof SAIDType>;
