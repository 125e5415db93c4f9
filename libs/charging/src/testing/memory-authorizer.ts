import type { Clock, Duration } from '@kerbside/kernel';
import type { AuthorizationResult, Authorizer } from '../ports.ts';

export interface MemoryAuthorizer extends Authorizer {
  /** Answers by token; others are `Invalid`. */
  readonly known: Map<string, AuthorizationResult>;
  delay: Duration | undefined;
  readonly asked: string[];
}

/** An authorizer that knows what the test tells it. */
export function memoryAuthorizer(options: {
  readonly clock: Clock;
  readonly accepts?: readonly string[];
}): MemoryAuthorizer {
  const known = new Map<string, AuthorizationResult>();
  for (const idToken of options.accepts ?? [])
    known.set(idToken, { status: 'Accepted', from: 'local-list' });
  const asked: string[] = [];
  const authorizer: MemoryAuthorizer = {
    known,
    asked,
    delay: undefined,
    authorize(idToken) {
      asked.push(idToken);
      const result = known.get(idToken) ?? { status: 'Invalid' as const, from: 'csms' as const };
      const { delay } = authorizer;
      if (delay === undefined) return Promise.resolve(result);
      return new Promise((resolve) => void options.clock.arm(delay, () => resolve(result)));
    },
  };
  return authorizer;
}
