import type { VasParameterSet, VasService } from './internet-service.ts';

/** What a car names in PaymentServiceSelectionReq, the charge service left out. */
export interface VasSelection {
  readonly serviceId: number;
  readonly parameterSetId?: number;
}

export interface SelectedService {
  readonly service: VasService;
  readonly parameterSet: VasParameterSet | undefined;
}

export type VasSelectionResult =
  | { readonly valid: true; readonly selected: readonly SelectedService[] }
  | { readonly valid: false; readonly reason: string };

/** Holds a selection against the offer: an unknown service or set, or a set left out where one must be chosen, is invalid. */
export function selectServices(
  offer: readonly VasService[],
  selections: readonly VasSelection[],
): VasSelectionResult {
  const selected: SelectedService[] = [];
  for (const { serviceId, parameterSetId } of selections) {
    const service = offer.find(({ id }) => id === serviceId);
    if (!service) return { valid: false, reason: `service ${serviceId} is not offered` };
    const parameterSet = service.parameterSets.find(({ id }) => id === parameterSetId);
    if (!parameterSet && parameterSetId !== undefined)
      return {
        valid: false,
        reason: `service ${serviceId} has no parameter set ${parameterSetId}`,
      };
    if (!parameterSet && service.parameterSets.length > 0)
      return { valid: false, reason: `service ${serviceId} needs a parameter set` };
    selected.push({ service, parameterSet });
  }
  return { valid: true, selected };
}
