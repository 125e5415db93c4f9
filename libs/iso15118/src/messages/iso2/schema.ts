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
import { TimeInterval } from './time-interval.ts';
import { V2G_Message } from './v2g-message.ts';

/** ISO 15118-2 with all that its schemas import. ISO 15118-2, annex C */
export const iso2Set = schemaSet('iso2', {
  roots: { V2G_Message },
  others: [
    BodyElement,
    EVChargeParameter,
    EVPowerDeliveryParameter,
    EVSEChargeParameter,
    EVSEStatus,
    EVStatus,
    Entry,
    SASchedules,
    TimeInterval,
    ...xmldsigElements,
  ],
});
