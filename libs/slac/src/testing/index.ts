export { type BusOptions, SimulatedBus, SimulatedLink } from './simulated-bus.ts';
export { PowerLine, SimulatedModem, type SimulatedModemOptions } from './simulated-modem.ts';
