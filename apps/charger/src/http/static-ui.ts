import { existsSync } from 'node:fs';
import path from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Next, Request, Response } from './express.ts';
import { notFound } from './problem.ts';

interface Sends {
  sendFile(file: string, options: { cacheControl: boolean }): void;
}

/** An address of the API, or of a file: never answered with a page. */
const isPage = (path: string) => !/^\/api(\/|$)/.test(path) && !/\.\w+$/.test(path);

/** Serves the built admin UI: hashed assets for a year, every page address by the one index.html. */
export function serveAdminUi(app: NestExpressApplication, directory: string): boolean {
  const index = path.join(directory, 'index.html');
  if (!existsSync(index)) return false;
  const assets = path.join(directory, 'assets');
  app.useStaticAssets(assets, {
    prefix: '/assets/',
    immutable: true,
    maxAge: '1y',
    fallthrough: false,
  });
  app.useStaticAssets(directory, { index: false });
  app.use((request: Request, response: Response & Sends, next: Next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads || !isPage(request.path)) return next();
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(index, { cacheControl: false });
  });
  return true;
}

/** Ends what is neither a page nor of the API: Nest answers below its prefix only. */
export function nothingElse(request: Request, _response: Response, next: Next): void {
  next(/^\/api\/v1(\/|$)/.test(request.path) ? undefined : notFound(request.path));
}
