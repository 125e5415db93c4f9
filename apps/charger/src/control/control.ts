import { apiTokenCreate } from '@kerbside/contracts';
import { type ControlReply, serveControl } from '@kerbside/host';
import { PortError } from '@kerbside/kernel';
import { z } from 'zod';
import type { TellRefusal } from '../http/refusals.ts';
import type { AccessService } from '../access/access.service.ts';

const request = apiTokenCreate.extend({ do: z.literal('token.create') });

/** Serves the local socket: who may open the file may make API tokens, without a password. */
export function openControl(directory: string, access: AccessService, refused: TellRefusal) {
  const handle = async (raw: unknown): Promise<ControlReply> => {
    const parsed = request.safeParse(raw);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new PortError('control.request', `${issue?.path.join('.')}: ${issue?.message}`);
    }
    const { name, scopes, expires } = parsed.data;
    const until = expires === undefined ? undefined : Date.parse(expires);
    const made = await access.tokens.create('local', name, scopes, until);
    return { ok: true, token: made.token };
  };
  return serveControl(directory, handle, (code) => refused({ on: 'control', code }));
}
