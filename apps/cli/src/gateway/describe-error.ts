import type { DomainError } from '@ushadow/contracts';
import { visibleText } from '../terminal/terminal-text.ts';
import { hintOf } from './hints.ts';

/** What went wrong, with what is known of it, for people. */
export function describeError(error: DomainError, baseUrl: string): string {
  const where = error.code === 'GATEWAY_UNREACHABLE' ? ` (${baseUrl})` : '';
  const request = error.requestId === undefined ? [] : [`  request ${error.requestId}`];
  const hint = hintOf(error.code);
  const lines = [
    `error ${error.code} ${error.message}${where}`,
    ...detailsOf(error.details),
    ...(hint === undefined ? [] : [`  ${hint}`]),
    ...request,
  ];
  return lines.map((line) => `${visibleText(line)}\n`).join('');
}

interface Finding {
  readonly code?: unknown;
  readonly name?: unknown;
  readonly namespace?: unknown;
  readonly path?: unknown;
  readonly problem?: unknown;
  readonly message?: unknown;
  readonly file?: unknown;
  readonly line?: unknown;
  readonly remedy?: unknown;
  readonly field?: unknown;
}

/** Findings and causes that a refusal carries, one a line. */
function detailsOf(details: unknown): string[] {
  if (typeof details !== 'object' || details === null) return [];
  const { deployment_id: id, ...rest } = details as Record<string, unknown>;
  const under = typeof id === 'string' && id !== '' ? [`  deployment ${id}`] : [];
  const lists = Object.values(rest).filter((value) => Array.isArray(value));
  return [...under, ...lists.flat().flatMap(lineOf)];
}

function lineOf(item: unknown): string[] {
  if (typeof item !== 'object' || item === null) return [];
  const { code, name, namespace, path, problem, message, file, line, field, remedy } = item as Finding;
  const place = text(file) === '' ? text(field) || text(path) : [text(file), text(line)].filter(Boolean).join(':');
  const head = [code, name, namespace, place, message, problem].map(text).filter(Boolean).join(' ');
  return head === '' ? [] : [`  ${head}`, ...(text(remedy) === '' ? [] : [`    ${text(remedy)}`])];
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
