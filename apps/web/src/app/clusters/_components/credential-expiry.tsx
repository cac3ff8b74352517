'use client';

import { absoluteTime, timeUntil } from '../../../ui/format.ts';
import { useNow } from '../../../ui/use-now.ts';
import styles from './credential-expiry.module.css';

const SOON_MS = 24 * 60 * 60 * 1000;

/** When the stored credentials stop working; it stands out when that is within a day. */
export function CredentialExpiry({ at }: { readonly at: string }) {
  const now = useNow(30_000);
  const left = Date.parse(at) - now;
  return (
    <p className={left < SOON_MS ? styles['soon'] : styles['later']}>
      Credentials {left <= 0 ? 'expired' : 'expire'}{' '}
      <time dateTime={at} title={absoluteTime(at)}>
        {timeUntil(at, now)}
      </time>
      {left < SOON_MS ? '. Replace them with some that last.' : null}
    </p>
  );
}
