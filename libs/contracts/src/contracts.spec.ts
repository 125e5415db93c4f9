import { describe, expect, it } from 'vitest';
import {
  evse,
  matchTopic,
  openApiDocument,
  PERMISSIONS,
  permissionsOf,
  ROLES,
  roleHolds,
  routes,
  topicName,
} from './index.ts';

describe('roles', () => {
  it('each role holds all that the one before it holds', () => {
    for (let i = 1; i < ROLES.length; i++) {
      const less = permissionsOf(ROLES[i - 1]!);
      expect(permissionsOf(ROLES[i]!)).toEqual(expect.arrayContaining(less));
    }
    expect(roleHolds('viewer', 'evse.operate')).toBe(false);
    expect(permissionsOf('admin')).toEqual(Object.keys(PERMISSIONS));
  });
});

describe('topics', () => {
  it('names go both ways', () => {
    expect(matchTopic(topicName('evse', 3))).toEqual({ key: 'evse', id: 3 });
    expect(matchTopic('evse.3.slac')).toEqual({ key: 'slac', id: 3 });
    expect(matchTopic('evse.3.slac.attempt')).toEqual({ key: 'slacAttempt', id: 3 });
    expect(matchTopic(topicName('health'))).toEqual({ key: 'health', id: undefined });
  });

  it.each(['evse..state', 'evse.0.state', 'evse.-1.state', 'evse.1.state.x', 'nothing', ''])(
    'does not know %s',
    (name) => expect(matchTopic(name)).toBeUndefined(),
  );
});

describe('the OpenAPI document', () => {
  const document = openApiDocument('0.1.0') as {
    paths: Record<
      string,
      Record<string, { parameters?: { name: string; in: string; required: boolean }[] }>
    >;
    components: { schemas: Record<string, unknown> };
  };

  it('holds every route', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.keys(path));
    expect(operations).toHaveLength(Object.keys(routes).length);
  });

  it('declares each path parameter', () => {
    for (const [path, operations] of Object.entries(document.paths))
      for (const operation of Object.values(operations)) {
        const declared = (operation.parameters ?? [])
          .filter((p) => p.in === 'path')
          .map((p) => p.name);
        expect(declared).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
      }
  });

  it('marks query parameters optional', () => {
    const query = document.paths['/sessions']!['get']!.parameters!;
    expect(query.every((parameter) => !parameter.required)).toBe(true);
  });

  it('every reference resolves', () => {
    const text = JSON.stringify(document);
    for (const [, id] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(document.components.schemas, id).toHaveProperty([id!]);
    expect(text).not.toContain('$defs');
  });
});

it('a state that the actor may have is one that the API may show', () => {
  expect(evse.shape.state.options).toContain('SuspendedEVSE');
});
