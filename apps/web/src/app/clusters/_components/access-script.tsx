'use client';

import { publicOperations } from '@ushadow/contracts';
import { useState } from 'react';
import { fieldErrors } from '../../../api/field-errors.ts';
import { useQuery } from '../../../api/use-query.ts';
import { CodeBlock } from '../../../ui/code.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Checkbox } from '../../../ui/field.tsx';
import styles from './card-details.module.css';
import { CardDetails } from './card-details.tsx';

const DEFAULT_NAMESPACE = 'ushadow';
const namespaceInput = publicOperations.registerCluster.input.pick({ namespace: true });

/** Commands that make an account with just the rights that are used, and print the kubeconfig to paste. */
export function AccessScript({ namespace: typed }: { readonly namespace: string }) {
  const text = typed.trim();
  const isUsable = text !== '' && fieldErrors(namespaceInput, { namespace: text })['namespace'] === undefined;
  return (
    <CardDetails summary="No kubeconfig with a token? Make an account for Ushadow" testId="access-script">
      {() => <Script namespace={isUsable ? text : DEFAULT_NAMESPACE} />}
    </CardDetails>
  );
}

function Script({ namespace }: { readonly namespace: string }) {
  const [isWide, setWide] = useState(false);
  const { data, error, reload } = useQuery('getAccessManifest', { namespace, scope: isWide ? 'cluster' : 'namespace' });
  return (
    <>
      <p className={styles['muted']}>
        Run this where kubectl has administrator rights, and paste what it prints above. The account may change things
        in namespace {namespace} alone.
      </p>
      <Checkbox
        label="Also see nodes, create namespaces and check classes"
        hint="Needs rights in the whole cluster."
        checked={isWide}
        onChange={setWide}
        testId="access-scope-checkbox"
      />
      {error === undefined ? null : <ErrorNotice error={error} onRetry={reload} />}
      {data === undefined ? null : <CodeBlock text={data.script} label="commands that make an account" />}
    </>
  );
}
