import { formatObjectId } from '../object-id.ts';
import type { FollowLogOptions } from '../operations.ts';
import { objectPath } from '../rest-path.ts';
import { CallScope } from './call-scope.ts';
import type { Discovery } from './discovery.ts';
import { HTTP_DEFAULTS, type HttpClient } from './http-client.ts';
import { networkError } from './network-error.ts';
import { systemClock } from './system-clock.ts';

/**
 * Chunks of a container's log. A kubelet says nothing before the first line, so that there is no limit for how long a log that
 * is followed may be silent: a connection that is dead is noticed by its pings.
 */
export async function* followLog(
  client: HttpClient,
  discovery: Discovery,
  pod: { readonly namespace: string; readonly name: string },
  options: FollowLogOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { container, follow = false, previous = false, tailLines, sinceTime, signal } = options;
  const id = { group: '', version: 'v1', kind: 'Pod', ...pod };
  using scope = new CallScope(systemClock, undefined, signal);
  const answered = systemClock.timer(HTTP_DEFAULTS.attemptDeadlineMs);
  if (!follow) void answered.elapsed.then(scope.cancel);
  try {
    const response = await client.open(
      {
        operation: `follow the log of ${formatObjectId(id)}`,
        method: 'GET',
        path: `${objectPath(id, await discovery.mappingOf(id, { signal: scope.signal }))}/log`,
        query: {
          ...{ container, tailLines, sinceTime, timestamps: 'true' },
          follow: follow ? 'true' : undefined,
          previous: previous ? 'true' : undefined,
        },
        accept: '*/*',
      },
      scope.signal,
    );
    answered.cancel();
    for await (const chunk of response.body) yield chunk as Uint8Array;
  } catch (error) {
    throw networkError(scope.signal.aborted ? scope.signal.reason : error);
  } finally {
    answered.cancel();
    // Whoever stops reading lets go of the connection's stream.
    scope.cancel();
  }
}
