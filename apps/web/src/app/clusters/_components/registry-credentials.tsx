'use client';

import type { ClusterData } from '@ushadow/contracts';
import { useState } from 'react';
import { api } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { useQuery } from '../../../api/use-query.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Field, FieldRow, FieldStack } from '../../../ui/field.tsx';
import { TimeAgo } from '../../../ui/time-ago.tsx';
import styles from './card-details.module.css';
import { CardDetails } from './card-details.tsx';

/** Accounts that pods pull their images with, by registry. Passwords can be set, never seen. */
export function RegistryCredentials({ cluster }: { readonly cluster: ClusterData }) {
  return (
    <CardDetails summary="Registry credentials" testId={`registries-${cluster.cluster_id}`}>
      {() => <Editor clusterId={cluster.cluster_id} />}
    </CardDetails>
  );
}

function Editor({ clusterId }: { readonly clusterId: string }) {
  const kept = useQuery('listPullSecrets', { cluster_id: clusterId });
  const remove = useAction(async (registry: string) => {
    await api.removePullSecret({ cluster_id: clusterId, registry });
    kept.reload();
  });
  if (kept.error !== undefined) return <ErrorNotice error={kept.error} onRetry={kept.reload} />;
  if (kept.data === undefined) return <p role="status">Loading registry credentials…</p>;
  const { pull_secrets: entries } = kept.data;
  return (
    <>
      <p className={styles['muted']}>
        A service whose image comes from one of these registries pulls it with the account, from its next deployment on.
      </p>
      {entries.length === 0 ? null : (
        <ul className={styles['list']}>
          {entries.map(({ registry, username, updated_at }) => (
            <li key={registry} className={styles['line']} data-testid={`registry-${registry}`}>
              <span>
                <strong>{registry}</strong>
                <span className={styles['muted']}>
                  {` as ${username}, password set `}
                  <TimeAgo at={updated_at} />
                </span>
              </span>
              <Button small variant="quiet" icon="trash" busy={remove.busy} onClick={() => void remove.run(registry)}>
                Remove<span className="visually-hidden"> credential of {registry}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {remove.error === undefined ? null : <ErrorNotice error={remove.error} />}
      <AddForm clusterId={clusterId} onKept={kept.reload} />
    </>
  );
}

const blank = { registry: '', username: '', password: '' };

function AddForm({ clusterId, onKept }: { readonly clusterId: string; readonly onKept: () => void }) {
  const [form, setForm] = useState(blank);
  const keep = useAction(async () => {
    await api.setPullSecret({ cluster_id: clusterId, ...form });
    setForm(blank);
    onKept();
  });
  const isComplete = form.registry.trim() !== '' && form.username.trim() !== '' && form.password !== '';
  const input = (name: keyof typeof blank, more: React.ComponentProps<'input'>) => ({
    ...more,
    value: form[name],
    spellCheck: false,
    'data-testid': `registry-${name}-input`,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      const { value } = event.target;
      setForm((last) => ({ ...last, [name]: value }));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete && !keep.busy) void keep.run();
      }}
    >
      <FieldStack>
        <Field label="Registry" hint="Such as ghcr.io or docker.io, with a path if it is for that alone.">
          {(control) => <input {...control} {...input('registry', { autoComplete: 'off' })} />}
        </Field>
        <FieldRow>
          <Field label="User name">
            {(control) => <input {...control} {...input('username', { autoComplete: 'off' })} />}
          </Field>
          <Field label="Password or token">
            {(control) => (
              <input {...control} {...input('password', { type: 'password', autoComplete: 'new-password' })} />
            )}
          </Field>
        </FieldRow>
        {keep.error === undefined ? null : <ErrorNotice error={keep.error} testId="registry-error" />}
        <Button type="submit" small icon="plus" busy={keep.busy} disabled={!isComplete} data-testid="keep-registry-btn">
          Keep credential
        </Button>
      </FieldStack>
    </form>
  );
}
