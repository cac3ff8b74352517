'use client';

import type { ClusterData, operations, OutputOf } from '@ushadow/contracts';
import { useState } from 'react';
import { api } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { FieldStack } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useKubeconfigContexts } from '../_hooks/use-kubeconfig-contexts.ts';
import { base64OfText } from '../_kubeconfig/base64.ts';
import { AccessScript } from './access-script.tsx';
import { ContextField } from './context-field.tsx';
import { KubeconfigField } from './kubeconfig-field.tsx';

interface ReplaceCredentialDialogProps {
  readonly cluster: ClusterData;
  readonly onClose: () => void;
  readonly onReplaced: (cluster: OutputOf<typeof operations.replaceCredential>) => void;
}

/** A new credential for a registered cluster; the old one is used until the new one has proved itself. */
export function ReplaceCredentialDialog({ cluster, onClose, onReplaced }: ReplaceCredentialDialogProps) {
  const [kubeconfig, setKubeconfig] = useState('');
  const [context, setContext] = useState('');
  const reading = useKubeconfigContexts(kubeconfig);
  const replace = useAction(async () => {
    const { cluster_id } = cluster;
    const chosen = context === '' ? {} : { context };
    onReplaced(await api.replaceCredential({ cluster_id, kubeconfig: base64OfText(kubeconfig), ...chosen }));
  });
  return (
    <FormDialog
      title={`Replace the credential of ${cluster.name}`}
      description="The one that is stored stays in use until the new one has proved itself."
      testId="replace-credential-modal"
      onClose={onClose}
      action={replace}
      submit={{ label: 'Replace', busyLabel: 'Checking the cluster…', testId: 'confirm-replace-credential-btn' }}
      isValid={kubeconfig.trim() !== ''}
      errorTestId="replace-credential-error"
      onSubmit={() => void replace.run()}
    >
      <FieldStack>
        <KubeconfigField
          value={kubeconfig}
          problem={reading?.ok === false ? reading.message : null}
          onChange={(text) => {
            setKubeconfig(text);
            setContext('');
          }}
        />
        {reading?.ok === true ? <ContextField reading={reading} value={context} onChange={setContext} /> : null}
        <AccessScript namespace={cluster.namespace} />
      </FieldStack>
    </FormDialog>
  );
}
