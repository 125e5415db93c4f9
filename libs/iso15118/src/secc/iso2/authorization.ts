import type { AuthorizationReqType, AuthorizationResType } from '../../messages/iso2/iso2.ts';
import type { Answer, SeccContext } from '../session.ts';

function response(facts: SeccContext['facts']): AuthorizationResType {
  switch (facts.authorization) {
    case 'accepted':
      return { ResponseCode: 'OK', EVSEProcessing: 'Finished' };
    case 'rejected':
      return { ResponseCode: 'FAILED', EVSEProcessing: 'Finished' };
    case 'waiting':
      // A driver may take minutes to find the card: the car's limit for Ongoing does not run here.
      return { ResponseCode: 'OK', EVSEProcessing: 'Ongoing_WaitingForCustomerInteraction' };
  }
}

/** External identification: the driver's token is judged elsewhere. ISO 15118-2 8.4.3.7.1 */
export function answerAuthorization(
  _: AuthorizationReqType,
  { facts, session }: SeccContext,
): Answer<AuthorizationResType> {
  const res = response(facts);
  return {
    response: res,
    ...(res.EVSEProcessing === 'Finished' ? { next: 'charge-parameters' as const } : {}),
    ...(session.authorizeAsked
      ? {}
      : { session: { authorizeAsked: true }, tell: [{ request: 'authorize' as const }] }),
  };
}
