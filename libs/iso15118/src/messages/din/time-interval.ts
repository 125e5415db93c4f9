import { type Infer, optional, sequence, xs } from '@kerbside/exi';
import { msgDataTypes } from './namespaces.ts';

const interval = sequence({});
export interface IntervalType extends Infer<typeof interval> {}
export const IntervalType = msgDataTypes.complexType<IntervalType>('IntervalType', interval, {
  abstract: true,
});

const relativeTimeInterval = sequence({
  start: xs.unsignedInt,
  duration: optional(xs.unsignedInt),
});
export interface RelativeTimeIntervalType extends Infer<typeof relativeTimeInterval> {}
export const RelativeTimeIntervalType = msgDataTypes.complexType<RelativeTimeIntervalType>(
  'RelativeTimeIntervalType',
  relativeTimeInterval,
);

export const TimeInterval = msgDataTypes.substitutionGroup(
  msgDataTypes.element('TimeInterval', IntervalType),
  { RelativeTimeInterval: RelativeTimeIntervalType },
);

const entry = sequence({ TimeInterval });
export interface EntryType extends Infer<typeof entry> {}
export const EntryType = msgDataTypes.complexType<EntryType>('EntryType', entry, {
  abstract: true,
});
