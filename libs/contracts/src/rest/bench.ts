import { z } from 'zod';
import { pilotState } from './evse.ts';

export const vehicleKind = z.enum(['basic', 'iso2-ac', 'iso2-dc']);
/** Faults that the rig can play; each stays until it is cleared. */
export const BENCH_FAULTS = [
  'contactor-stuck-open',
  'contactor-welded',
  'lock-failed',
  'meter-silent',
  'insulation-fault',
  'board-link-down',
  'emergency-stop',
  'pilot-short',
  'overheated',
  'supply-failed',
] as const;
export const benchFault = z.enum(BENCH_FAULTS);

export const benchEvse = z
  .object({
    id: z.number().int(),
    rig: z.boolean().meta({ description: 'the rig answers' }),
    vehicle: z.boolean().meta({ description: 'a vehicle process is attached' }),
    plugged: z.boolean(),
    vehicleKind: vehicleKind.optional(),
    vehicleState: z.string().optional(),
    soc: z.number().optional(),
    batteryWh: z.number().optional(),
    /** The vehicle's own integral of the energy taken in this plug-in. */
    energyWh: z.number().optional(),
    faults: z.array(benchFault),
  })
  .meta({ id: 'BenchEvse' });
export const benchState = z.object({ evses: z.array(benchEvse) }).meta({ id: 'BenchState' });
export type BenchState = z.infer<typeof benchState>;
export type BenchEvse = z.infer<typeof benchEvse>;

export const benchPilot = z.object({ state: pilotState }).strict().meta({ id: 'BenchPilot' });
export const benchToken = z
  .object({ idTag: z.string().min(1).max(20) })
  .strict()
  .meta({ id: 'BenchToken' });
export const benchVehicle = z
  .discriminatedUnion('action', [
    z
      .object({
        action: z.literal('plug-in'),
        kind: vehicleKind,
        batteryWh: z.number().min(1000).max(1_000_000).default(60_000),
        soc: z.number().min(0).max(100).default(30),
        /** Energy to take before the car stops by itself; until full if absent. */
        energyWh: z.number().min(1).optional(),
        internet: z.boolean().default(false).meta({ description: 'takes the internet service' }),
      })
      .strict(),
    z.object({ action: z.literal('unplug') }).strict(),
    z.object({ action: z.literal('stop') }).strict(),
    z
      .object({
        action: z.literal('pause').meta({ description: 'pauses the V2G session; wake ends that' }),
      })
      .strict(),
    z.object({ action: z.literal('wake') }).strict(),
  ])
  .meta({ id: 'BenchVehicle' });
export type BenchVehicle = z.infer<typeof benchVehicle>;
export const benchFaultRequest = z
  .object({ fault: benchFault, active: z.boolean() })
  .strict()
  .meta({ id: 'BenchFault' });
