'use client';

import { absoluteTime, timeAgo } from './format.ts';
import { useNow } from './use-now.ts';

/** How long ago, kept up to date, with the full time on hover. */
export function TimeAgo({ at }: { readonly at: string }) {
  const now = useNow(10_000);
  return (
    <time dateTime={at} title={absoluteTime(at)}>
      {timeAgo(at, now)}
    </time>
  );
}
