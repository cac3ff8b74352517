import { describe, expect, it } from '@jest/globals';
import { events, internalOperations, operations, publicOperations } from './registry.ts';
import { pathParameters } from './http/build-request.ts';
import type { Operation } from './define-operation.ts';

const all = Object.values(operations as Readonly<Record<string, Operation>>);
const http = Object.values(publicOperations as unknown as Readonly<Record<string, Operation>>);

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

  it('gives jobs a payload that can hold no secret: an id and nothing else', () => {
    expect(Object.keys(events.deployRequested.data.shape)).toEqual(['deployment_id']);
  });

  it('never has the kubeconfig in an answer (R91)', () => {
    for (const operation of all)
      expect(JSON.stringify(operation.output.toJSONSchema({ unrepresentable: 'any' }))).not.toContain('kubeconfig');
  });

  it('has no field in an answer that may only be written, such as a registry’s password (R91, R119)', () => {
    for (const operation of all) {
      const schema = JSON.stringify(operation.output.toJSONSchema({ unrepresentable: 'any' }));
      expect(schema).not.toContain('writeOnly');
      expect(schema).not.toMatch(/"(password|token|client_key)":/);
    }
  });
});
