declare const durationBrand: unique symbol;
/** A span of time in milliseconds. */
export type Duration = number & { readonly [durationBrand]: 'ms' };

export const millis = (value: number): Duration => value as Duration;
export const seconds = (value: number): Duration => (value * 1000) as Duration;
export const minutes = (value: number): Duration => (value * 60_000) as Duration;
