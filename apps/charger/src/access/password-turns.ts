import { ProblemError } from '../http/problem.ts';

/** Tries that may wait for their turn; each takes some 50 ms of a core and 19 MiB. */
const MAX_WAITING = 32;

/** Works on one password at a time: a flood of logins neither outruns the limiter nor takes the machine. */
export class PasswordTurns {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= MAX_WAITING)
      throw new ProblemError(429, 'too-many-attempts', 'Too many attempts', {
        detail: 'Many are logging in at this moment.',
        retryAfter: 2,
      });
    this.#waiting += 1;
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => {});
    try {
      return await turn;
    } finally {
      this.#waiting -= 1;
    }
  }
}
