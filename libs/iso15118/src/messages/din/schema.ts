import { schemaSet } from '@kerbside/exi';
import { xmldsigElements } from '@kerbside/pki';
import { BodyElement } from './body.ts';
import { EVChargeParameter } from './ev-charge-parameter.ts';
import { EVStatus } from './ev-status.ts';
import { EVSEChargeParameter } from './evse-charge-parameter.ts';
import { EVSEStatus } from './evse-status.ts';
import { EVPowerDeliveryParameter } from './power-delivery.ts';
import { SASchedules } from './sa-schedule.ts';
import { Entry } from './sales-tariff.ts';
import { ServiceCharge } from './service.ts';
import { TimeInterval } from './time-interval.ts';
import { V2G_Message } from './v2g-message.ts';

/** DIN SPEC 70121 with all that its schemas import. */
export const dinSet = schemaSet('din', {
  roots: { V2G_Message },
  others: [
    BodyElement,
    EVChargeParameter,
    EVStatus,
    EVSEChargeParameter,
    EVSEStatus,
    EVPowerDeliveryParameter,
    SASchedules,
    Entry,
    ServiceCharge,
    TimeInterval,
    ...xmldsigElements,
  ],
});
