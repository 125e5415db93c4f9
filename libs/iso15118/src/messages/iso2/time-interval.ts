import { type Infer, optional, restriction, sequence, xs } from '@kerbside/exi';
import { msgDataTypes } from './namespaces.ts';

const interval = sequence({});
export interface IntervalType extends Infer<typeof interval> {}
export const IntervalType = msgDataTypes.complexType<IntervalType>('IntervalType', interval, {
  abstract: true,
});

const relativeTimeInterval = sequence({
  start: restriction(xs.unsignedInt, { minInclusive: 0, maxInclusive: 16777214 }),
  duration: optional(restriction(xs.unsignedInt, { minInclusive: 0, maxInclusive: 86400 })),
});
/** Both in seconds; `start` counts from the message that carries it. ISO 15118-2, 8.5.2 */
export interface RelativeTimeIntervalType extends Infer<typeof relativeTimeInterval> {}
export const RelativeTimeIntervalType = msgDataTypes.complexType<RelativeTimeIntervalType>(
  'RelativeTimeIntervalType',
  relativeTimeInterval,
);

export const TimeInterval = msgDataTypes.substitutionGroup(
  msgDataTypes.element('TimeInterval', IntervalType, { abstract: true }),
  { RelativeTimeInterval: RelativeTimeIntervalType },
);

const entry = sequence({ TimeInterval });
export interface EntryType extends Infer<typeof entry> {}
export const EntryType = msgDataTypes.complexType<EntryType>('EntryType', entry, {
  abstract: true,
});
