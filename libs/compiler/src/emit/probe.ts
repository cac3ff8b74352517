import type { ProbeHandler } from '../health/probe-handler.ts';
import type { Probe } from '../model/design.ts';
import { escapeProbeExpansion } from '../text/escaping.ts';
import type { Draft, DraftRecord } from './sourced.ts';
import { from, some } from './sourced.ts';

export function emitProbe(probe: Probe | undefined, inline: ReadonlySet<string>): Draft {
  if (probe === undefined) return undefined;
  return from(probe.path, {
    ...emitHandler(probe.handler, inline),
    initialDelaySeconds: probe.initialDelay,
    periodSeconds: probe.period,
    timeoutSeconds: probe.timeout,
    failureThreshold: probe.failures,
  });
}

function emitHandler(handler: ProbeHandler, inline: ReadonlySet<string>): DraftRecord {
  switch (handler.kind) {
    case 'exec':
      return { exec: { command: handler.command.map((word) => escapeProbeExpansion(word, inline)) } };
    case 'http': {
      const httpHeaders = some(handler.headers.map(({ name, value }) => ({ name, value })));
      return { httpGet: { path: handler.path, port: handler.port, scheme: handler.scheme, httpHeaders } };
    }
    case 'tcp':
      return { tcpSocket: { port: handler.port } };
    case 'grpc':
      return { grpc: { port: handler.port, service: handler.service } };
  }
}
