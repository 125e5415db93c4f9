import { enumeration, ExiCodec, type Infer, list, optional, restriction } from '@kerbside/exi';
import { schemaSet, sequence, xmlNamespace, xs } from '@kerbside/exi';

const ns = xmlNamespace('urn:example:tires');
const pascals = restriction(xs.unsignedInt, { minInclusive: 0, maxInclusive: 999_999 });

const tire = sequence({
  Place: ns.simpleType(
    'placeType',
    enumeration('FrontLeft', 'FrontRight', 'RearLeft', 'RearRight'),
  ),
  Pressure: ns.simpleType('pressureType', pascals, { unit: 'Pa' }),
  Warning: optional(xs.string),
});
export interface TireType extends Infer<typeof tire> {}
export const TireType = ns.complexType<TireType>('TireType', tire);

const tirePressureReq = sequence({ Tire: list(TireType, { max: 4 }) }, { Id: optional(xs.ID) });
/** EV to EVSE: how the tires are. */
export interface TirePressureReqType extends Infer<typeof tirePressureReq> {}
export const TirePressureReqType = ns.complexType<TirePressureReqType>(
  'TirePressureReqType',
  tirePressureReq,
);

const TirePressureReq = ns.element('TirePressureReq', TirePressureReqType);
export const tiresCodec = new ExiCodec(schemaSet('tires', { roots: { TirePressureReq } }));
