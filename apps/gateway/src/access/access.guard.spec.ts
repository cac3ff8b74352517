import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext, Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { EVERYWHERE } from '@ushadow/access';
import {
  clusterTarget,
  failure,
  httpOperations,
  operations,
  type DomainError,
  type HttpOperation,
} from '@ushadow/contracts';
import type { RpcCaller } from '@ushadow/messaging';
import { operationController } from '../http/operation-controller.ts';
import { EventStreamsController } from '../sse/event-streams.controller.ts';
import { AccessGuard } from './access.guard.ts';
import { Places } from './places.ts';
import { setSubject, type Subject } from './subject.ts';

const hers = '5f3c8a52-6a1e-4d0e-8f0c-0d7a3f0f9d11';
const others = '5f3c8a52-6a1e-4d0e-8f0c-0d7a3f0f9d12';
const nobodys = '5f3c8a52-6a1e-4d0e-8f0c-0d7a3f0f9d13';
const namespaces: Readonly<Record<string, string>> = { [hers]: 'shop', [others]: 'hidden-place' };
const asked: string[] = [];
/** Knows where two deployments are. */
const caller = {
  call: (_: unknown, { deployment_id: id }: { deployment_id: string }) => {
    asked.push(id);
    return namespaces[id] === undefined
      ? Promise.reject(failure(operations.getDeployment, 'DEPLOYMENT_NOT_FOUND', `No deployment has the id ${id}.`))
      : Promise.resolve({ target: clusterTarget('0'.repeat(16)), namespace: namespaces[id], project: 'web' });
  },
} as unknown as RpcCaller;
const guard = new AccessGuard(new Reflector(), new Places(caller));

const end = '2030-01-01T00:00:00.000Z';
const all = { ...EVERYWHERE, role: 'owner' } as const;
const inShop: Subject = { user: 'ci', grants: [{ ...EVERYWHERE, role: 'viewer', namespaces: 'shop' }], limits: null };
const limited: Subject = { user: 'operator', grants: [all], limits: [{ ...EVERYWHERE, role: 'viewer' }] };
const ending: Subject = { user: 'operator', grants: [all], limits: null, expires_at: end };

interface Asked {
  readonly method?: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** What the guard says of a request to a handler: true, or why not. */
async function said(subject: Subject, [controller, handler]: [Type, unknown], asked: Asked): Promise<unknown> {
  const request = { method: 'GET', query: {}, params: {}, body: {}, headers: {}, ...asked };
  setSubject(request as never, subject);
  const context = {
    getHandler: () => handler,
    getClass: () => controller,
    switchToHttp: () => ({ getRequest: () => request }),
  } as unknown as ExecutionContext;
  return guard.canActivate(context).catch((error: unknown) => {
    const { code, kind, message } = error as DomainError;
    return { code, kind, message };
  });
}

function routeOf(name: string): [Type, unknown] {
  const controller = operationController(httpOperations[name] as HttpOperation);
  return [controller, (controller.prototype as { handle: unknown }).handle];
}

describe('whoever follows several deployments', () => {
  const follow = (deployment: string | readonly string[]): Promise<unknown> =>
    said(inShop, [EventStreamsController, Reflect.get(EventStreamsController.prototype, 'followDeployments')], {
      query: { deployment },
    });

  it('follows those they may see', async () => {
    expect(await follow(`${hers}:7`)).toBe(true);
  });

  it('have it found out once where one is, however often they come', async () => {
    for (let turn = 0; turn < 3; turn += 1) await follow(`${hers}:7`);
    expect(asked.filter((id) => id === hers)).toHaveLength(1);
  });

  it('is told of one they may not see what they are told of one that is not there, and not where it is', async () => {
    for (const id of [others, nobodys]) {
      const unseen = { code: 'DEPLOYMENT_NOT_FOUND', kind: 'not-found', message: `No deployment has the id ${id}.` };
      expect(await follow(id)).toEqual(unseen);
      expect(await follow([hers, `${id}:3`])).toEqual(unseen);
    }
  });
});

describe('whoever has a token that does not go as far as its user', () => {
  const token = { name: 'x', digest: 'a'.repeat(64), shown: 'abcdef' };
  const refused = expect.objectContaining({ code: 'ROLE_NEEDED' });

  it('sees no tokens of others, where it is limited, and makes none', async () => {
    const list = routeOf('listTokens');
    expect(await said(limited, list, { query: { user: 'anna' } })).toEqual(refused);
    expect(await said(limited, list, { query: { user: 'operator' } })).toBe(true);
    expect(await said(limited, list, {})).toBe(true);
    expect(await said(limited, routeOf('createToken'), { method: 'POST', body: token })).toEqual(refused);
    expect(await said(limited, routeOf('createToken'), { method: 'POST' })).toEqual(refused);
  });

  it('makes none that is good for longer', async () => {
    const create = (expires_at?: string | null): Promise<unknown> =>
      said(ending, routeOf('createToken'), { method: 'POST', body: { ...token, expires_at } });
    for (const later of [undefined, null, '2030-01-01T00:00:00.001Z']) expect(await create(later)).toEqual(refused);
    expect(await create(end)).toBe(true);
    expect(await create('2029-12-31T00:00:00.000Z')).toBe(true);
    expect(await said(ending, routeOf('listTokens'), { query: { user: 'anna' } })).toBe(true);
  });
});

describe('whoever makes a project of a template', () => {
  it('needs the role for the project that it becomes, which its name with a kind does not say', async () => {
    const named = (projects: string): Subject => ({
      user: 'ci',
      grants: [{ ...EVERYWHERE, role: 'deployer', projects }],
      limits: null,
    });
    const use = (subject: Subject, body: Readonly<Record<string, unknown>>): Promise<unknown> =>
      said(subject, routeOf('useTemplate'), { method: 'POST', params: { name: 'dokploy:ghost' }, body });
    expect(await use(named('d*'), {})).toEqual(expect.objectContaining({ code: 'ROLE_NEEDED' }));
    expect(await use(named('d*'), { project: 'dev' })).toBe(true);
  });
});
