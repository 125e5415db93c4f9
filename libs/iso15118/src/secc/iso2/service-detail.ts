import type {
  ParameterSetType,
  ServiceDetailReqType,
  ServiceDetailResType,
} from '../../messages/iso2/iso2.ts';
import { CHARGE_SERVICE_ID, type OfferedService } from '../config.ts';
import type { Answer, SeccContext } from '../session.ts';

const parameterSet = ({
  id,
  parameters,
}: OfferedService['parameterSets'][number]): ParameterSetType => ({
  ParameterSetID: id,
  Parameter: parameters.map(({ name, value }) =>
    typeof value === 'string'
      ? { Name: name, stringValue: value }
      : { Name: name, intValue: value },
  ),
});

/** The parameter sets of one offered service. ISO 15118-2 8.4.3.4 */
export function answerServiceDetail(
  req: ServiceDetailReqType,
  { config }: SeccContext,
): Answer<ServiceDetailResType> {
  const { ServiceID } = req;
  if (ServiceID === CHARGE_SERVICE_ID) return { response: { ResponseCode: 'OK', ServiceID } };
  const service = config.services.find(({ id }) => id === ServiceID);
  if (!service) return { response: { ResponseCode: 'FAILED_ServiceIDInvalid', ServiceID } };
  return {
    response: {
      ResponseCode: 'OK',
      ServiceID,
      ServiceParameterList: { ParameterSet: service.parameterSets.map(parameterSet) },
    },
  };
}
