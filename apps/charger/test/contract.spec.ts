import { PATH_METADATA } from '@nestjs/common/constants.js';
import { expect, it } from 'vitest';
import { routes } from '@kerbside/contracts';
import { chargerModule, type Services } from '../src/application.ts';
import { ROUTE } from '../src/http/endpoint.ts';

it('every route of the contract is served by one handler, and every handler serves one', () => {
  const module = chargerModule({} as Services);
  const served: string[] = [];
  for (const controller of module.controllers ?? [])
    for (const name of Object.getOwnPropertyNames(controller.prototype)) {
      const handler = (controller.prototype as Record<string, unknown>)[name];
      if (
        name === 'constructor' ||
        typeof handler !== 'function' ||
        !Reflect.hasMetadata(PATH_METADATA, handler)
      )
        continue;
      const route = Reflect.getMetadata(ROUTE, handler) as string | undefined;
      expect(route, `${controller.name}.${name} declares no route`).toBeDefined();
      served.push(route as string);
    }
  expect(served.sort()).toEqual(Object.keys(routes).sort());
});
