import { type Problem, problem } from '@kerbside/contracts';

export type ApiErrorKind = 'problem' | 'offline' | 'unexpected';

/** What went wrong with a call: the charger's problem document, no answer at all, or an answer we do not understand. */
export class ApiError extends Error {
  readonly kind: ApiErrorKind;
  readonly status: number;
  readonly code: string;
  readonly problem: Problem | undefined;

  constructor(kind: ApiErrorKind, code: string, message: string, status = 0, details?: Problem) {
    super(message);
    this.name = 'ApiError';
    this.kind = kind;
    this.status = status;
    this.code = code;
    this.problem = details;
  }

  /** Field errors by form field name; `/password` and `/body/password` both mean `password`. */
  get fields(): Readonly<Record<string, string>> {
    const fields: Record<string, string> = {};
    for (const { pointer, message } of this.problem?.errors ?? []) {
      const name = pointer.replace(/^\/(body\/|query\/|params\/)?/, '').replaceAll('/', '.');
      fields[name] ??= message;
    }
    return fields;
  }

  get retryAfter(): number | undefined {
    return this.problem?.retryAfter;
  }
}

/** Turns a failed response into an ApiError; tolerates bodies that are not problem documents. */
export async function toApiError(response: Response): Promise<ApiError> {
  const parsed = problem.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success)
    return new ApiError(
      'unexpected',
      `http-${response.status}`,
      response.statusText,
      response.status,
    );
  const { code, detail, title, status } = parsed.data;
  return new ApiError('problem', code, detail ?? title, status, parsed.data);
}

export const isApiError = (error: unknown): error is ApiError => error instanceof ApiError;
