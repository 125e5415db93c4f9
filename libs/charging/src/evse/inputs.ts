import type {
  Amps,
  AnswerInput,
  ArmEffect,
  AskEffect,
  AskFailedInput,
  CancelEffect,
  TimeoutInput,
  Volts,
} from '@kerbside/kernel';
import type { Fact, MeterReading, StopReason } from '../facts.ts';
import type { PilotOutput } from '../pilot.ts';
import type {
  AuthorizationResult,
  BoardEvent,
  CommandAnswer,
  EvseCommand,
  HlcRequest,
  MatchingEvent,
  SupplyCapabilities,
} from '../ports.ts';

export type Timer =
  | 'debounce'
  | 'pilot-settle'
  | 'contactor'
  | 'contactor-rest'
  | 'ending'
  | 'pause'
  | 'power-on'
  | 'step'
  | 'hlc-start'
  | 'told'
  | 'matching-ready'
  | 'resume'
  | 'beside'
  | 'link-end'
  | 'session-setup'
  | 'commit'
  | 'record-retry'
  | 'authorize'
  | 'connection'
  | 'meter-retry'
  | 'meter-watch'
  | 'board-grace'
  | 'cable-check'
  | 'ramp-down'
  | 'lock'
  | 'unlock'
  | 'sample';

export type EvseInput =
  /** The first input: recovery and the watch on the meter start. */
  | { readonly on: 'begin' }
  /** `supply`: the capabilities that the supply's port knows by now. */
  | {
      readonly on: 'board';
      readonly event: BoardEvent;
      readonly supply: SupplyCapabilities | undefined;
    }
  | { readonly on: 'reading'; readonly reading: MeterReading }
  | { readonly on: 'present'; readonly voltage: Volts; readonly current: Amps }
  | { readonly on: 'insulation'; readonly status: 'valid' | 'warning' | 'fault' }
  | { readonly on: 'matching'; readonly event: MatchingEvent }
  | { readonly on: 'v2g'; readonly request: HlcRequest }
  | { readonly on: 'power-on'; readonly id: number }
  | { readonly on: 'command'; readonly command: EvseCommand; readonly id: number }
  | { readonly on: 'shutdown'; readonly reason: StopReason }
  | TimeoutInput<Timer>
  | AnswerInput<EvseAnswer>
  | AskFailedInput;

export type EvseAnswer = AuthorizationResult | MeterReading | undefined;

export type EvseQuestion =
  | {
      readonly ask: 'authorize';
      readonly idToken: string;
      readonly by: 'rfid' | 'remote' | 'recovery';
    }
  | { readonly ask: 'record'; readonly facts: readonly Fact[] }
  | { readonly ask: 'meter' };

/** D-LINK requests, and the pilot entering or leaving B, C, D. ISO 15118-3 */
export type MatchingOrder = 'enter' | 'leave' | 'terminate' | 'error' | 'pause';

export type EvseEffect =
  | ArmEffect<Timer>
  | CancelEffect<Timer>
  | AskEffect<EvseQuestion>
  | { readonly do: 'pilot'; readonly output: PilotOutput }
  | { readonly do: 'close'; readonly output: 'AC' | 'DC' }
  | { readonly do: 'open' }
  | { readonly do: 'lock'; readonly locked: boolean }
  | { readonly do: 'supply'; readonly voltage: Volts; readonly current: Amps }
  | { readonly do: 'supply-off' }
  | { readonly do: 'limit'; readonly limit: Amps }
  | { readonly do: 'insulation'; readonly measure: boolean }
  | { readonly do: 'matching'; readonly order: MatchingOrder }
  | { readonly do: 'hlc-open' }
  | { readonly do: 'hlc-close'; readonly reason: string }
  | { readonly do: 'note'; readonly facts: readonly Fact[] }
  /** Answers a PowerDelivery; with a reason the contactor stays open. */
  | { readonly do: 'powered'; readonly id: number; readonly reason?: string }
  | { readonly do: 'answer'; readonly id: number; readonly answer: CommandAnswer };
