import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { AccessService } from '../access/access.service.ts';
import { principalOf } from '../access/credentials.ts';
import { isKnownHost } from '../http/browser-safety.ts';
import { ProblemError } from '../http/problem.ts';
import { parseClientFrame } from './live.gateway.ts';

type Verdict = (ok: boolean, code?: number, reason?: string) => void;

/** Nest's `ws` adapter with our frames, and with who may connect decided at the upgrade: guards don't run there. */
export class StreamAdapter extends WsAdapter {
  readonly #access: AccessService;
  readonly #hosts: readonly string[];

  constructor(app: INestApplicationContext, access: AccessService, hosts: readonly string[]) {
    super(app, { messageParser: (data: unknown) => parseClientFrame(data) });
    this.#access = access;
    this.#hosts = hosts;
  }

  override create(port: number, options: Record<string, unknown> = {}) {
    const verifyClient = ({ req }: { req: IncomingMessage }, verdict: Verdict) =>
      this.#verify(req, verdict);
    return super.create(port, { ...options, verifyClient });
  }

  #verify(request: IncomingMessage, verdict: Verdict): void {
    if (!isKnownHost(request.headers.host, this.#hosts)) return verdict(false, 421, 'Unknown host');
    try {
      if (principalOf(request, this.#access)) return verdict(true);
      verdict(false, 401, 'Log in first');
    } catch (error) {
      verdict(false, error instanceof ProblemError ? error.status : 500, 'Refused');
    }
  }
}
