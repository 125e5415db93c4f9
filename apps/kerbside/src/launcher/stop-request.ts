import { EXIT_WITH_PARENT } from '@kerbside/host';
import { type Duration, seconds } from '@kerbside/kernel';

/** npm and the terminal each pass the same Ctrl-C on: what comes this soon is no second wish. */
const SAME_REQUEST: Duration = seconds(1);

export interface StopRequest {
  /** Resolves with why, when somebody wants the bench to stop. */
  readonly requested: Promise<string>;
  /** Called on a second request, by somebody who won't wait. */
  onInsist(act: () => void): void;
  dispose(): void;
}

/** Listens for Ctrl-C, SIGTERM, a closed terminal, and the end of the launcher outside. */
export function awaitStopRequest(env: NodeJS.ProcessEnv = process.env): StopRequest {
  let first: number | undefined;
  let insist = (): void => {};
  let resolve: (why: string) => void = () => {};
  const requested = new Promise<string>((done) => (resolve = done));
  const request = (why: string): void => {
    if (first === undefined) {
      first = performance.now();
      resolve(why);
    } else if (performance.now() - first > SAME_REQUEST) insist();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, request);
  const inside = env[EXIT_WITH_PARENT] === '1';
  const gone = (): void => request('the launcher outside has ended');
  if (inside) process.stdin.on('end', gone).on('error', gone).resume();
  return {
    requested,
    onInsist: (act) => (insist = act),
    dispose() {
      for (const signal of signals) process.off(signal, request);
      if (inside) process.stdin.off('end', gone).pause();
    },
  };
}
