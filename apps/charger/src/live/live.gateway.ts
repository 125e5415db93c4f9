import type { IncomingMessage } from 'node:http';
import { Inject } from '@nestjs/common';
import {
  MessageBody,
  ConnectedSocket,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import {
  type ClientFrame,
  clientFrame,
  type Permission,
  STREAM_CLOSE,
  STREAM_HEARTBEAT_MS,
} from '@kerbside/contracts';
import { type Cancel, type Clock, millis } from '@kerbside/kernel';
import type { WebSocket } from 'ws';
import { AccessService } from '../access/access.service.ts';
import { principalOf } from '../access/credentials.ts';
import { actorOf, holds, type Principal } from '../access/principal.ts';
import type { TellRefusal } from '../http/refusals.ts';
import { CLOCK, REFUSED } from '../wiring/tokens.ts';
import { type LiveClient, LiveHub } from './live-hub.ts';

interface Connected {
  readonly live: LiveClient;
  readonly principal: Principal;
}

/** Makes `{ event, data }` of a frame of ours, as Nest's adapter wants it. Never throws. */
export function parseClientFrame(raw: unknown): { event: string; data: unknown } {
  try {
    const parsed = clientFrame.safeParse(JSON.parse(String(raw)));
    if (parsed.success) return { event: parsed.data.op, data: parsed.data };
    return { event: 'invalid', data: parsed.error.issues[0]?.message ?? 'not a frame' };
  } catch {
    return { event: 'invalid', data: 'not JSON' };
  }
}

/** The live stream, /api/v1/stream. Who may connect was decided at the upgrade. */
@WebSocketGateway({ path: '/api/v1/stream', maxPayload: 16 * 1024 })
export class LiveGateway implements OnGatewayConnection, OnGatewayDisconnect {
  readonly #hub: LiveHub;
  readonly #access: AccessService;
  readonly #clock: Clock;
  readonly #refused: TellRefusal;
  readonly #clients = new Map<WebSocket, Connected>();
  #beat: Cancel | undefined;

  constructor(
    @Inject(LiveHub) hub: LiveHub,
    @Inject(AccessService) access: AccessService,
    @Inject(CLOCK) clock: Clock,
    @Inject(REFUSED) refused: TellRefusal,
  ) {
    this.#refused = refused;
    this.#hub = hub;
    this.#access = access;
    this.#clock = clock;
    access.onAccessEnded(() => this.#endStale());
    this.#beatLater();
  }

  handleConnection(socket: WebSocket, request: IncomingMessage): void {
    const principal = principalOf(request, this.#access);
    if (!principal) return void socket.close(STREAM_CLOSE.unauthorized, 'login-required');
    const live: LiveClient = {
      send: (frame) => socket.send(JSON.stringify(frame)),
      get waiting() {
        return socket.bufferedAmount;
      },
      mayRead: (permission: Permission) => holds(principal, permission),
      close: (code, reason) => {
        this.#hub.remove(live);
        socket.close(code, reason);
        // a client that reads nothing never answers the close
        this.#clock.arm(millis(2000), () => socket.terminate());
      },
    };
    this.#clients.set(socket, { live, principal });
    // a frame that is too long or breaks WebSocket's rules: `ws` closes with its code
    socket.on('error', ({ code }: Error & { code?: string }) =>
      this.#refused({ on: 'stream', code: code ?? 'error', by: actorOf(principal) }),
    );
  }

  handleDisconnect(socket: WebSocket): void {
    const client = this.#clients.get(socket);
    this.#clients.delete(socket);
    if (client) this.#hub.remove(client.live);
  }

  @SubscribeMessage('sub')
  async subscribe(
    @ConnectedSocket() socket: WebSocket,
    @MessageBody() frame: ClientFrame & { op: 'sub' },
  ): Promise<void> {
    const client = this.#clients.get(socket);
    if (client) await this.#hub.subscribe(client.live, frame.topic);
  }

  @SubscribeMessage('unsub')
  unsubscribe(
    @ConnectedSocket() socket: WebSocket,
    @MessageBody() frame: ClientFrame & { op: 'unsub' },
  ): void {
    const client = this.#clients.get(socket);
    if (client) this.#hub.unsubscribe(client.live, frame.topic);
  }

  @SubscribeMessage('ping')
  ping(@ConnectedSocket() socket: WebSocket): void {
    this.#clients.get(socket)?.live.send({ op: 'pong', ts: this.#clock.now() });
  }

  @SubscribeMessage('invalid')
  invalid(@ConnectedSocket() socket: WebSocket, @MessageBody() message: string): void {
    const client = this.#clients.get(socket);
    if (!client) return;
    client.live.send({ op: 'error', code: 'invalid-frame', message });
    this.#refused({ on: 'stream', code: 'invalid-frame', by: actorOf(client.principal) });
  }

  /** Tells every client why, then closes: before a planned restart. */
  farewell(reason: string): void {
    this.#beat?.();
    for (const { live } of this.#clients.values()) {
      live.send({ op: 'bye', reason });
      live.close(STREAM_CLOSE.restart, reason);
    }
  }

  /** Ends the streams whose login or token is over. */
  #endStale(): void {
    for (const { live, principal } of this.#clients.values()) {
      if (this.#access.stands(principal)) continue;
      live.send({ op: 'bye', reason: 'logged-out' });
      live.close(STREAM_CLOSE.unauthorized, 'logged-out');
    }
  }

  #beatLater(): void {
    this.#beat = this.#clock.arm(millis(STREAM_HEARTBEAT_MS), () => {
      this.#endStale();
      for (const { live } of this.#clients.values()) {
        live.send({ op: 'pong', ts: this.#clock.now() });
        this.#hub.flush(live);
      }
      this.#beatLater();
    });
  }
}
