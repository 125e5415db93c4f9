/** Numbers, durations and times in the reader's locale. */
export interface Formatters {
  /** Watts as kW from 1,000 W on: number and unit apart. */
  readonly power: (watts: number) => Quantity;
  /** Watt-hours as kWh from 1,000 Wh on. */
  readonly energy: (wattHours: number) => Quantity;
  readonly number: (value: number, digits?: number) => string;
  readonly time: (at: string | number) => string;
  readonly clock: (at: string | number) => string;
  readonly dateTime: (at: string | number) => string;
  readonly duration: (milliseconds: number) => string;
  readonly milliseconds: (value: number) => string;
}
export interface Quantity {
  readonly value: string;
  readonly unit: string;
}

const toDate = (at: string | number) => new Date(at);

/** `1:02:03`, `12:05`; never negative. */
function clockDuration(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const pad = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes, seconds] = [
    Math.floor(total / 3600),
    Math.floor(total / 60) % 60,
    total % 60,
  ];
  if (hours >= 48) return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${minutes}:${pad(seconds)}`;
}

export function formatters(locale: string): Formatters {
  const cache = new Map<number, Intl.NumberFormat>();
  const number = (value: number, digits = 0) => {
    const format =
      cache.get(digits) ??
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      });
    cache.set(digits, format);
    // a rounded -0 is 0
    return format.format(Number(value.toFixed(digits)) + 0);
  };
  const time = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const dateTime = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  const kilo = (value: number, unit: string, digits: number): Quantity =>
    Math.abs(value) < 999.5
      ? { value: number(value), unit }
      : { value: number(value / 1000, digits), unit: `k${unit}` };
  return {
    power: (watts) => kilo(watts, 'W', 1),
    energy: (wattHours) => kilo(wattHours, 'Wh', 2),
    number,
    time: (at) => time.format(toDate(at)),
    clock: (at) => clock.format(toDate(at)),
    dateTime: (at) => dateTime.format(toDate(at)),
    duration: clockDuration,
    milliseconds: (value) =>
      value < 999.5 ? `${number(value)} ms` : `${number(value / 1000, value < 9995 ? 2 : 1)} s`,
  };
}
