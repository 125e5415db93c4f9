import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import * as schemas from 'typed-ocpp/dist/ocpp16/schemas.js';
import { callError, type CallError } from '../../rpc/error-codes.ts';
import type { JsonObject } from '../../rpc/frame.ts';
import type { CsmsToStation, StationToCsms } from './actions.ts';
import { isDateTime, isLaxDateTime } from './date-time.ts';

type Pairs = StationToCsms & CsmsToStation;
export type Action = keyof StationToCsms | keyof CsmsToStation;
export type RequestOf<A extends Action> = Pairs[A]['request'];
export type ResponseOf<A extends Action> = Pairs[A]['response'];

export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: CallError };

type Side = 'Request' | 'Response';

const options = {
  meta: false,
  validateSchema: false,
  strict: false,
  // One-decimal limits such as 8.1 are no multiples of 0.1 in binary.
  multipleOfPrecision: 6,
  formats: { 'date-time': isDateTime, uri: true },
} as const;

// Compiled on first use: a charger that never sees a message never pays for its schema.
let strict: Ajv | undefined;
let lenient: Ajv | undefined;
const compiled = new Map<string, ValidateFunction>();

function validatorOf(action: string, side: Side): ValidateFunction | undefined {
  const name = `${action}${side}`;
  const known = compiled.get(name);
  if (known) return known;
  const schema: unknown = Object.hasOwn(schemas, name)
    ? (schemas as Readonly<Record<string, unknown>>)[name]
    : undefined;
  if (schema === undefined) return undefined;
  const ajv =
    side === 'Request'
      ? (strict ??= new Ajv(options))
      : (lenient ??= new Ajv({
          ...options,
          removeAdditional: true,
          formats: { 'date-time': isLaxDateTime, uri: true },
        }));
  const validate = ajv.compile(schema as object);
  compiled.set(name, validate);
  return validate;
}

/**
 * The code for what a payload breaks. Field tests want FormationViolation for a missing, mistyped, too long or
 * extra field; the errata of 1.6 want PropertyConstraintViolation for a value outside of its list or range.
 */
function codeOf(keyword: string): CallError['code'] {
  return ['enum', 'multipleOf', 'minimum', 'maximum'].includes(keyword)
    ? 'PropertyConstraintViolation'
    : 'FormationViolation';
}

function errorOf(errors: readonly ErrorObject[] | null | undefined): CallError {
  const first = errors?.[0];
  if (!first) return callError('FormationViolation', 'the payload is not valid');
  const extra: unknown = (first.params as JsonObject)['additionalProperty'];
  const detail = typeof extra === 'string' ? `: ${extra.slice(0, 50)}` : '';
  const place = first.instancePath || 'payload';
  return callError(codeOf(first.keyword), `${place} ${first.message ?? ''}${detail}`);
}

/** Empty text and null in an optional field of an answer count as absent; some CSMS send them. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== null && each !== '')
      .map(([key, each]) => [key, withoutEmpty(each)]),
  );
}

/** The library's schema lets a value be 2048 characters long; that of the standard 500. OCPP 1.6 section 6.7 */
const tooLongValue = (action: Action, { value }: JsonObject): boolean =>
  action === 'ChangeConfiguration' && typeof value === 'string' && value.length > 500;

/** Checks the payload of a CALL, refusing extra fields. OCPP-J 1.6 errata 3.1 */
export function checkRequest<A extends Action>(
  action: A,
  payload: JsonObject,
): Checked<RequestOf<A>> {
  const validate = validatorOf(action, 'Request');
  if (!validate) return { ok: false, error: callError('NotImplemented', 'unknown action') };
  if (!validate(payload)) return { ok: false, error: errorOf(validate.errors) };
  return tooLongValue(action, payload)
    ? { ok: false, error: callError('FormationViolation', '/value is longer than 500 characters') }
    : { ok: true, value: payload as unknown as RequestOf<A> };
}

/** Checks the payload of a CALLRESULT; extra fields are dropped. */
export function checkResponse<A extends Action>(
  action: A,
  payload: JsonObject,
): Checked<ResponseOf<A>> {
  const validate = validatorOf(action, 'Response');
  if (!validate) return { ok: false, error: callError('NotImplemented', 'unknown action') };
  const cleaned = withoutEmpty(payload);
  return validate(cleaned)
    ? { ok: true, value: cleaned as ResponseOf<A> }
    : { ok: false, error: errorOf(validate.errors) };
}
