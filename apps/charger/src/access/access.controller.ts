import { Controller, Inject, Req, Res } from '@nestjs/common';
import {
  type Account,
  type ApiToken,
  type ClaimState,
  type Me,
  permissionsOf,
} from '@kerbside/contracts';
import type { ChargerConfig } from '../config.ts';
import { Caller, Endpoint, Input, type Valid } from '../http/endpoint.ts';
import type { Request, Response } from '../http/express.ts';
import { ProblemError } from '../http/problem.ts';
import { CONFIG } from '../wiring/tokens.ts';
import { VERSION } from '../version.ts';
import { AccessService } from './access.service.ts';
import type { Login } from './logins.ts';
import { sessionCookie } from './credentials.ts';
import type { AccountRecord, TokenRecord } from './ports.ts';
import type { Principal } from './principal.ts';

const iso = (at: number) => new Date(at).toISOString();

const toMe = (principal: Principal & { by: 'login' }): Me => ({
  name: principal.name,
  role: principal.role,
  permissions: permissionsOf(principal.role),
  expires: iso(principal.expires),
});

const toAccount = (record: AccountRecord): Account => ({
  name: record.name,
  role: record.role,
  created: iso(record.created),
  ...(record.lastLogin === undefined ? {} : { lastLogin: iso(record.lastLogin) }),
});

const toToken = (record: TokenRecord): ApiToken => ({
  id: record.id,
  name: record.name,
  scopes: [...record.scopes],
  created: iso(record.created),
  ...(record.expires === undefined ? {} : { expires: iso(record.expires) }),
  ...(record.lastUsed === undefined ? {} : { lastUsed: iso(record.lastUsed) }),
});

@Controller()
export class AccessController {
  readonly #access: AccessService;
  readonly #config: ChargerConfig;

  constructor(@Inject(AccessService) access: AccessService, @Inject(CONFIG) config: ChargerConfig) {
    this.#access = access;
    this.#config = config;
  }

  @Endpoint('getClaim')
  claimState(): ClaimState {
    const { bench, identity } = this.#config;
    return { claimed: this.#access.claimed, bench, unit: identity, version: VERSION };
  }

  @Endpoint('claim')
  async claim(
    @Input() { body }: Valid<'claim'>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    const login = await this.#access.claim(body.code, body.name, body.password, source(request));
    return this.#answer(login, request, response);
  }

  @Endpoint('login')
  async login(
    @Input() { body }: Valid<'login'>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    const login = await this.#access.login(body.name, body.password, source(request));
    return this.#answer(login, request, response);
  }

  #answer(login: Login, request: Request, response: Response): Me {
    const secure = 'encrypted' in request.socket;
    response.setHeader('Set-Cookie', sessionCookie(login.cookie, secure));
    return toMe(login.principal);
  }

  @Endpoint('logout')
  async logout(
    @Caller() caller: Principal,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    response.setHeader('Set-Cookie', sessionCookie('', false));
    if (caller.by === 'login') await this.#access.logins.end(caller.loginHash);
  }

  @Endpoint('getMe')
  me(@Caller() caller: Principal): Me {
    if (caller.by === 'login') return toMe(caller);
    throw new ProblemError(403, 'forbidden', 'An API token is nobody: log in to see yourself');
  }

  @Endpoint('changePassword')
  changePassword(
    @Caller() caller: Principal,
    @Input() { body }: Valid<'changePassword'>,
  ): Promise<void> {
    return this.#access.changePassword(caller, body.current, body.next);
  }

  @Endpoint('listAccounts')
  listAccounts(): Account[] {
    return this.#access.accounts().map(toAccount);
  }

  @Endpoint('createAccount')
  async createAccount(
    @Caller() caller: Principal,
    @Input() { body }: Valid<'createAccount'>,
  ): Promise<Account> {
    return toAccount(await this.#access.createAccount(caller, body.name, body.role, body.password));
  }

  @Endpoint('deleteAccount')
  deleteAccount(
    @Caller() caller: Principal,
    @Input() { params }: Valid<'deleteAccount'>,
  ): Promise<void> {
    return this.#access.deleteAccount(caller, params.name);
  }

  @Endpoint('listTokens')
  listTokens(): ApiToken[] {
    return this.#access.tokens.list().map(toToken);
  }

  @Endpoint('createToken')
  async createToken(@Caller() caller: Principal, @Input() { body }: Valid<'createToken'>) {
    const expires = body.expires === undefined ? undefined : Date.parse(body.expires);
    const made = await this.#access.tokens.create(caller, body.name, body.scopes, expires);
    return { ...toToken(made.record), token: made.token };
  }

  @Endpoint('deleteToken')
  deleteToken(
    @Caller() caller: Principal,
    @Input() { params }: Valid<'deleteToken'>,
  ): Promise<void> {
    return this.#access.tokens.delete(caller, params.id);
  }
}

const source = (request: Request): string => request.socket.remoteAddress ?? 'unknown';
