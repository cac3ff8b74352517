'use client';

import type { ClusterData, operations, OutputOf } from '@ushadow/contracts';
import { useId, useState } from 'react';
import { api } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { FieldStack } from '../../../ui/field.tsx';
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
  const form = useId();
  const reading = useKubeconfigContexts(kubeconfig);
  const isComplete = kubeconfig.trim() !== '';
  const replace = useAction(async () => {
    const { cluster_id } = cluster;
    const chosen = context === '' ? {} : { context };
    onReplaced(await api.replaceCredential({ cluster_id, kubeconfig: base64OfText(kubeconfig), ...chosen }));
  });
  return (
    <Dialog
      title={`Replace the credential of ${cluster.name}`}
      description="The one that is stored stays in use until the new one has proved itself."
      testId="replace-credential-modal"
      onClose={onClose}
      message={
        replace.error === undefined ? null : <ErrorNotice error={replace.error} testId="replace-credential-error" />
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            look="primary"
            busy={replace.busy}
            disabled={!isComplete}
            data-testid="confirm-replace-credential-btn"
          >
            {replace.busy ? 'Checking the cluster…' : 'Replace'}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete && !replace.busy) void replace.run();
        }}
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
      </form>
    </Dialog>
  );
}
