import { describe, expect, it } from '@jest/globals';
import {
  allByteStreams,
  events,
  gatewayOperations,
  httpOperations,
  internalOperations,
  openingOperations,
  operations,
  publicOperations,
} from './registry.ts';
import { eventStreams } from './http/event-streams.ts';
import { pathParameters } from './http/build-request.ts';
import type { Scope } from './access.ts';
import { COUNTER_MAX } from './fields.ts';
import { isAnswerSealed, isRequestSealed } from './bus/subjects.ts';
import type { EventDefinition } from './define-event.ts';
import type { Operation } from './define-operation.ts';

const all = Object.values(operations as Readonly<Record<string, Operation>>);
const http = Object.values(publicOperations as unknown as Readonly<Record<string, Operation>>);
/** Each says in which cluster something is. */
const PLACES = new Set(['cluster_id', 'target']);

interface SchemaNode {
  readonly type?: string;
  readonly maximum?: number;
}

interface ListSchema {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: ListSchema;
  readonly properties?: Readonly<Record<string, ListSchema>>;
  readonly $defs?: Readonly<Record<string, ListSchema>>;
}

/** What a list holds, also where that is described elsewhere in the schema. */
function entryOf({ $defs = {} }: ListSchema, list: ListSchema | undefined): ListSchema | undefined {
  const name = list?.items?.$ref?.replace('#/$defs/', '');
  return name === undefined ? list?.items : $defs[name];
}

/** Every whole number in a JSON schema, with where it stands. */
function integersOf(schema: unknown, path = ''): { path: string; maximum?: number }[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { type, maximum } = schema as SchemaNode;
  const own = type === 'integer' || type === 'number' ? [{ path, ...(maximum === undefined ? {} : { maximum }) }] : [];
  const parts = Object.entries(schema).flatMap(([key, part]) =>
    integersOf(part, key === 'properties' ? path : `${path}.${key}`),
  );
  return [...own, ...parts];
}

describe('the registry of operations', () => {
  it('has one subject for each operation, named after service and operation', () => {
    expect(new Set(all.map((operation) => operation.subject)).size).toBe(all.length);
    for (const operation of all) expect(operation.subject).toBe(`ushadow.v1.${operation.service}.${operation.name}`);
  });

  it('binds each public operation, and no internal one, to a route of its own', () => {
    const routes = http.map((operation) => `${operation.http?.method ?? ''} ${operation.http?.path ?? ''}`);
    expect(new Set(routes).size).toBe(routes.length);
    for (const operation of Object.values(internalOperations)) expect(operation.http).toBeUndefined();
  });

  it('takes every path parameter from a field of the input', () => {
    for (const operation of http) {
      for (const name of pathParameters(operation.http?.path ?? ''))
        expect(Object.keys(operation.input.shape)).toContain(name);
    }
  });

  it('has the seed’s nine endpoints under their paths (R79–R87, D1, T14)', () => {
    const routes = http.map((operation) => `${operation.http?.method ?? ''} ${operation.http?.path ?? ''}`);
    expect(routes).toEqual(
      expect.arrayContaining([
        'POST /api/kubernetes/clusters',
        'GET /api/kubernetes/clusters',
        'GET /api/kubernetes/clusters/:cluster_id',
        'DELETE /api/kubernetes/clusters/:cluster_id',
        'POST /api/kubernetes/:cluster_id/scan-infra',
        'GET /api/kubernetes/services/available',
        'GET /api/kubernetes/services/infra',
        'POST /api/kubernetes/:cluster_id/envmap',
        'POST /api/kubernetes/:cluster_id/deploy',
      ]),
    );
  });

  it('takes no number that is larger than what it is stored in', () => {
    const boundless = all.flatMap(({ name, input }) =>
      integersOf(input.toJSONSchema({ unrepresentable: 'any' }))
        .filter(({ maximum }) => maximum === undefined || maximum > COUNTER_MAX)
        .map(({ path }) => `${name} ${path}`),
    );
    // Entries of a trail are counted in 64 bits.
    expect(new Set(boundless)).toEqual(new Set(['list-trail .before']));
  });

  it('gives jobs a payload that can hold no secret: an id and nothing else', () => {
    expect(Object.keys(events.deployRequested.data.shape)).toEqual(['deployment_id']);
  });

  it('never has the kubeconfig in an answer (R91)', () => {
    for (const operation of all)
      expect(JSON.stringify(operation.output.toJSONSchema({ unrepresentable: 'any' }))).not.toContain('kubeconfig');
  });

  it('seals every request with a field that is secret, and no other', () => {
    for (const operation of all) {
      const schema = JSON.stringify(operation.input.toJSONSchema({ io: 'input', unrepresentable: 'any' }));
      expect([operation.name, isRequestSealed(operation.sealed)]).toEqual([
        operation.name,
        schema.includes('writeOnly'),
      ]);
    }
  });

  it('seals every answer with credentials or Secrets in it; of those that a person gets, the one asked for by its key (R91, R119)', () => {
    const sealed = Object.entries(operations as unknown as Readonly<Record<string, Operation>>)
      .filter(([, operation]) => isAnswerSealed(operation.sealed))
      .map(([id]) => id);
    expect(sealed).toEqual([
      'revealSecretKey',
      'openConnection',
      'openPullSecrets',
      'compileProject',
      'openMaskValues',
    ]);
    for (const operation of all.filter((each) => !isAnswerSealed(each.sealed))) {
      const schema = JSON.stringify(operation.output.toJSONSchema({ unrepresentable: 'any' }));
      expect(schema).not.toContain('writeOnly');
      expect(schema).not.toMatch(/"(password|token|client_key)":/);
    }
  });

  it('lets the gateway call every public operation and no internal one', () => {
    for (const operation of http) expect(operation.callers).toContain('gateway');
    for (const operation of Object.values(internalOperations)) expect(operation.callers).not.toContain('gateway');
  });

  it('shows everybody their part of the lists in which each entry says where it is, and of no other answer', () => {
    const listed = http.filter(({ access }) => access.listed !== undefined);
    expect(listed.map(({ name }) => name).sort()).toEqual([
      'list-clusters',
      'list-deployments',
      'list-scans',
      'list-stacks',
    ]);
    for (const { access, output, http: bound } of listed) {
      const schema = output.toJSONSchema({ unrepresentable: 'any' }) as ListSchema;
      const list = access.listed === 'whole' ? schema : schema.properties?.[access.listed ?? ''];
      const saysWhere = Object.keys(entryOf(schema, list)?.properties ?? {}).some((field) => PLACES.has(field));
      expect([bound?.method, list?.type, saysWhere]).toEqual(['GET', 'array', true]);
    }
  });

  it('lets the gateway alone ask whose a credential is', () => {
    for (const { callers, http: bound, access } of Object.values(
      gatewayOperations as Readonly<Record<string, Operation>>,
    ))
      expect([callers, bound, access.role]).toEqual([['gateway'], undefined, 'service']);
  });

  it('lets nobody call itself, and names each caller once', () => {
    for (const { callers, service } of all) {
      expect(callers).not.toContain(service);
      expect(new Set(callers).size).toBe(callers.length);
      expect(callers.length).toBeGreaterThan(0);
    }
  });

  it('asks a role of a person for each public operation and for each stream, and none for internal ones', () => {
    for (const operation of http) expect(operation.access.role).not.toBe('service');
    for (const stream of Object.values(eventStreams)) expect(stream.access.role).not.toBe('service');
    for (const operation of Object.values(internalOperations)) expect(operation.access.role).toBe('service');
  });

  it('lets no viewer change anything: what they may do beyond reading is to look again', () => {
    const writing = http.filter(({ access, http: bound }) => access.role === 'viewer' && bound?.method !== 'GET');
    expect(writing.map(({ name }) => name).sort()).toEqual(['check-cluster', 'check-drift', 'project-variables']);
  });

  it('names in every input the thing that the role is asked for', () => {
    const named: Readonly<Record<Scope, readonly string[]>> = {
      installation: [],
      cluster: ['cluster_id'],
      namespace: ['cluster_id'],
      project: ['project', 'service_id', 'name'],
      stack: ['stack_id', 'deployment_id', 'plan_id'],
    };
    for (const { access, input } of all) {
      const fields = Object.entries(input.shape).filter(([, field]) => !field.safeParse(undefined).success);
      const found = fields.some(([field]) => named[access.scope].includes(field));
      expect(found || access.scope === 'installation').toBe(true);
    }
  });
});

describe('the registry of streams', () => {
  const byteStreams = Object.values(allByteStreams);

  it('has a path of its own for each, which no operation has, with its parameters in the input', () => {
    const taken = [...http.map(({ http: bound }) => bound), ...Object.values(eventStreams)]
      .filter((bound) => !('method' in (bound ?? {})) || (bound as { method: string }).method === 'GET')
      .map((bound) => bound?.path);
    const paths = byteStreams.map(({ path }) => path);
    expect(new Set([...taken, ...paths]).size).toBe(taken.length + paths.length);
    for (const { path, input } of byteStreams)
      for (const name of pathParameters(path)) expect(Object.keys(input.shape)).toContain(name);
  });

  it('opens each by an operation that the gateway alone may call, for a role of a person, and with no route of its own', () => {
    expect(Object.values(openingOperations)).toEqual(byteStreams.map(({ open }) => open));
    for (const { open, access, service } of byteStreams) {
      expect(open).toMatchObject({ callers: ['gateway'], access, service });
      expect(open.http).toBeUndefined();
      expect(open.access.role).not.toBe('service');
      expect(open.name).toMatch(/^open-/);
    }
  });

  it('ties what it hands out to the certificate of who asks', () => {
    for (const { open } of byteStreams) {
      expect(Object.keys(open.input.shape)).toContain('certificate_sha256');
      expect(open.output.toJSONSchema()).toMatchObject({ required: ['stream'] });
    }
  });
});

describe('the registry of events', () => {
  it('takes the last token of a subject from a field of the event', () => {
    for (const { key, data } of Object.values(events as unknown as Readonly<Record<string, EventDefinition>>))
      if (key !== undefined) expect(Object.keys(data.shape)).toContain(key);
  });
});

describe('what is reached over HTTP', () => {
  it('can have everything asked again that leaves work to somebody', () => {
    const leaving = Object.values(httpOperations).filter(({ http }) => http.status === 202);
    expect(leaving.length).toBeGreaterThan(0);
    expect(leaving.filter(({ http }) => http.method !== 'POST' || http.repeat !== 'by-key')).toEqual([]);
  });
});

describe('the id of a service', () => {
  it('has nothing that no database takes', () => {
    const { service_id: id } = operations.lastEnvironment.input.shape;
    expect(id.safeParse('shop:wéb').success).toBe(true);
    for (const text of ['shop:\u0000web', 'shop\n:web', '\u007f']) expect(id.safeParse(text).success).toBe(false);
  });
});
