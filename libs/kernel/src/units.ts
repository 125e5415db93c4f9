declare const unitBrand: unique symbol;
type Unit<Name extends string> = number & { readonly [unitBrand]: Name };

export type Amps = Unit<'A'>;
export type Volts = Unit<'V'>;
export type Watts = Unit<'W'>;
export type WattHours = Unit<'Wh'>;
/** 0 to 100. */
export type Percent = Unit<'%'>;

export const amps = (value: number): Amps => value as Amps;
export const volts = (value: number): Volts => value as Volts;
export const watts = (value: number): Watts => value as Watts;
export const wattHours = (value: number): WattHours => value as WattHours;
export const percent = (value: number): Percent => value as Percent;
