import { existsSync } from 'node:fs';
import path from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Next, Request, Response } from './express.ts';

interface Sends {
  sendFile(file: string, options: { cacheControl: boolean }): void;
}

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
    const page = request.method === 'GET' || request.method === 'HEAD';
    if (!page || request.path.startsWith('/api/')) return next();
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(index, { cacheControl: false });
  });
  return true;
}
