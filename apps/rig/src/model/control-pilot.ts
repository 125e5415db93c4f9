import type { PilotOutput, PilotState } from '@kerbside/charging';

/** Positive level of the pilot signal by state, in volts; F is steady at minus twelve. IEC 61851-1 Annex A */
export const PILOT_VOLTS = { A: 12, B: 9, C: 6, D: 3, E: 0, F: -12 } as const;

export interface PilotCircuit {
  readonly output: PilotOutput;
  readonly plugged: boolean;
  readonly resistor: 'B' | 'C' | 'D';
  /** Pilot shorted to earth. */
  readonly short: boolean;
  /** A tester holds the pilot in an error state. */
  readonly held: 'E' | 'F' | undefined;
}

/** What the board measures at the pilot. */
export function measuredPilot(circuit: PilotCircuit): PilotState {
  if (circuit.short) return 'E';
  if (circuit.held) return circuit.held;
  if (circuit.output === 'F') return 'F';
  return circuit.plugged ? circuit.resistor : 'A';
}
