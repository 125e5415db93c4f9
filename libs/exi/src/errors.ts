import { KerbsideError } from '@kerbside/kernel';

/** A value that its schema does not allow; `path` names the field. */
export class ExiValueError extends KerbsideError {
  readonly path: string;
  readonly reason: string;

  constructor(path: string, reason: string) {
    super('exi.value', path === '' ? reason : `${path}: ${reason}`);
    this.path = path;
    this.reason = reason;
  }
}
