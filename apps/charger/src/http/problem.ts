import type { Problem } from '@kerbside/contracts';
import { KerbsideError } from '@kerbside/kernel';

export interface FieldError {
  readonly pointer: string;
  readonly message: string;
}

/** Ends a request with RFC 9457 problem details. */
export class ProblemError extends KerbsideError {
  readonly status: number;
  readonly title: string;
  readonly errors: readonly FieldError[] | undefined;
  readonly retryAfter: number | undefined;
  /** Of the answer, such as `Allow`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    title: string,
    more: {
      detail?: string;
      errors?: readonly FieldError[];
      retryAfter?: number;
      headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(code, more.detail ?? title);
    this.status = status;
    this.title = title;
    this.errors = more.errors;
    this.retryAfter = more.retryAfter;
    this.headers = more.headers ?? {};
  }

  toProblem(instance: string): Problem {
    return {
      type: `/problems/${this.code}`,
      title: this.title,
      status: this.status,
      code: this.code,
      instance,
      ...(this.message === this.title ? {} : { detail: this.message }),
      ...(this.errors ? { errors: [...this.errors] } : {}),
      ...(this.retryAfter === undefined ? {} : { retryAfter: this.retryAfter }),
    };
  }
}

export const notFound = (what: string) =>
  new ProblemError(404, 'not-found', 'Not found', { detail: `There is no ${what}.` });
