import { isJsonObject, valueAt } from '../json.ts';
import type { JsonValue } from '../json.ts';
import type { ApiErrorCause } from './kubernetes-api-error.ts';
import { KubernetesApiError } from './kubernetes-api-error.ts';

const MAX_TEXT = 4_096;
/** Of a longer text only both ends are looked at. */
const MAX_READ = 16_384;
const MAX_CAUSES = 100;

/** Maps an error answer, `Status` object or plain text, to a KubernetesApiError. */
export function errorFromStatus(httpStatus: number, body: string, retryAfterMs?: number): KubernetesApiError {
  const status = parseStatus(body);
  const kind = text(valueAt(status, ['details', 'kind']));
  const name = text(valueAt(status, ['details', 'name']));
  return new KubernetesApiError({
    httpStatus,
    reason: text(valueAt(status, ['reason'])) ?? REASONS[httpStatus] ?? 'Unknown',
    message: text(valueAt(status, ['message'])) ?? plainMessage(httpStatus, body),
    causes: readCauses(valueAt(status, ['details', 'causes'])),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    subject: { ...(kind === undefined ? {} : { kind }), ...(name === undefined ? {} : { name }) },
  });
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Expired',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

function parseStatus(body: string): JsonValue | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return isJsonObject(parsed) && parsed['kind'] === 'Status' ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function plainMessage(httpStatus: number, body: string): string {
  const trimmed = shorten(body.trim());
  return trimmed === '' || trimmed.startsWith('<') ? `the API server answered HTTP ${httpStatus}` : trimmed;
}

function readCauses(value: JsonValue | undefined): ApiErrorCause[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly JsonValue[])
    .slice(0, MAX_CAUSES)
    .filter(isJsonObject)
    .map((cause) => {
      const field = text(cause['field']);
      return {
        reason: text(cause['reason']) ?? 'Unknown',
        message: text(cause['message']) ?? '',
        ...(field === undefined ? {} : { field }),
      };
    });
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? shorten(value) : undefined;
}

/** What is wrong stands at the end of a message, after a dump of the whole value that nobody reads. */
function shorten(message: string): string {
  const read = endsOf(message, MAX_READ);
  return endsOf(read.replace(/Invalid value: [{[].{80,}[}\]]: /s, 'Invalid value: '), MAX_TEXT);
}

function endsOf(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max / 2)} … ${text.slice(-max / 2)}`;
}
