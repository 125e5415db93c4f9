/** What the simulated car tells on its standard output, one JSON line each. */
export type VehicleEvent =
  | { readonly event: 'ready'; readonly evses: readonly number[] }
  | { readonly event: 'plugged-in'; readonly evse: number; readonly kind: string }
  | { readonly event: 'unplugged'; readonly evse: number }
  | {
      readonly event: 'phase';
      readonly evse: number;
      readonly phase: string;
      readonly detail?: string;
    }
  | { readonly event: 'internet'; readonly evse: number; readonly detail: string }
  | {
      readonly event: 'message';
      readonly evse: number;
      readonly direction: 'in' | 'out';
      readonly name: string;
      readonly responseCode?: string;
    }
  | {
      readonly event: 'charging';
      readonly evse: number;
      readonly soc: number;
      readonly energyWh: number;
      readonly power: number;
    }
  | {
      readonly event: 'finished' | 'failed';
      readonly evse: number;
      readonly reason: string;
      readonly soc: number;
      readonly energyWh: number;
    };

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

/** One line for people. */
export function eventText(event: VehicleEvent): string {
  if (event.event === 'ready') return `ready at EVSE ${event.evses.join(', ')}`;
  const who = `EVSE ${event.evse}:`;
  switch (event.event) {
    case 'plugged-in':
      return `${who} plugged in (${event.kind})`;
    case 'unplugged':
      return `${who} unplugged`;
    case 'phase':
      return `${who} ${event.phase}${event.detail ? ` (${event.detail})` : ''}`;
    case 'internet':
      return `${who} internet: ${event.detail}`;
    case 'message':
      return `${who} ${event.direction === 'out' ? '->' : '<-'} ${event.name} ${event.responseCode ?? ''}`;
    case 'charging':
      return `${who} ${rounded(event.power / 1000, 2)} kW, ${rounded(event.energyWh, 1)} Wh, ${rounded(event.soc, 1)} %`;
    case 'finished':
    case 'failed':
      return `${who} ${event.event}: ${event.reason}; ${rounded(event.energyWh, 1)} Wh, ${rounded(event.soc, 1)} %`;
  }
}
