'use client';

import { publicOperations, type operations, type OutputOf } from '@ushadow/contracts';
import { useState } from 'react';
import { api } from '../../../api/client.ts';
import { hasCode } from '../../../api/describe-error.ts';
import { fieldErrors } from '../../../api/field-errors.ts';
import { useAction } from '../../../api/use-action.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Field, FieldRow, FieldStack } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useKubeconfigContexts } from '../_hooks/use-kubeconfig-contexts.ts';
import { readLabels } from '../_kubeconfig/labels-text.ts';
import {
  emptyForm,
  isComplete,
  toRegisterRequest,
  type AddClusterForm,
  type ForceOptions,
} from '../_kubeconfig/register-request.ts';
import { AccessScript } from './access-script.tsx';
import { ContextField } from './context-field.tsx';
import { KubeconfigField } from './kubeconfig-field.tsx';

interface AddClusterDialogProps {
  readonly onClose: () => void;
  readonly onAdded: (cluster: OutputOf<typeof operations.registerCluster>) => void;
}

export function AddClusterDialog({ onClose, onAdded }: AddClusterDialogProps) {
  const [form, setForm] = useState(emptyForm);
  const [force, setForce] = useState<ForceOptions>({});
  const register = useAction(async (options: ForceOptions) => {
    onAdded(await api.registerCluster(toRegisterRequest(form, options)));
  });
  const ask = (options: ForceOptions) => {
    setForce(options);
    void register.run(options);
  };
  const change = (part: Partial<AddClusterForm>) => {
    setForm((last) => ({ ...last, ...part }));
  };
  return (
    <FormDialog
      title="Add Cluster"
      description="Ushadow checks that the cluster answers before it stores anything."
      testId="add-cluster-modal"
      closeTestId="close-add-cluster-modal"
      onClose={onClose}
      message={
        register.error === undefined ? null : (
          <ErrorNotice
            error={register.error}
            testId="add-cluster-error"
            actions={
              <ForceButton
                error={register.error}
                onForce={(part) => {
                  ask({ ...force, ...part });
                }}
              />
            }
          />
        )
      }
      action={register}
      submit={{ label: 'Add Cluster', busyLabel: 'Checking the cluster…', testId: 'confirm-add-cluster-btn' }}
      isValid={isComplete(form) && !register.busy}
      onSubmit={() => {
        ask({});
      }}
    >
      <AddClusterFields form={form} onChange={change} />
    </FormDialog>
  );
}

interface ForceButtonProps {
  readonly error: unknown;
  readonly onForce: (part: ForceOptions) => void;
}

/** The way on after a refusal that a person may overrule. */
function ForceButton({ error, onForce }: ForceButtonProps) {
  if (hasCode(error, 'CLUSTER_UNREACHABLE')) {
    return (
      <Button
        small
        data-testid="add-unreachable-btn"
        onClick={() => {
          onForce({ unreachable: true });
        }}
      >
        Add it as unreachable
      </Button>
    );
  }
  if (!hasCode(error, 'CLUSTER_ALREADY_REGISTERED')) return null;
  return (
    <Button
      small
      data-testid="add-duplicate-btn"
      onClick={() => {
        onForce({ duplicate: true });
      }}
    >
      Add it a second time
    </Button>
  );
}

const namespaceInput = publicOperations.registerCluster.input.pick({ namespace: true });

interface AddClusterFieldsProps {
  readonly form: AddClusterForm;
  readonly onChange: (part: Partial<AddClusterForm>) => void;
}

function AddClusterFields({ form, onChange }: AddClusterFieldsProps) {
  const reading = useKubeconfigContexts(form.kubeconfig);
  const labels = readLabels(form.labels);
  const namespace = form.namespace.trim();
  const namespaceErrors = namespace === '' ? {} : fieldErrors(namespaceInput, { namespace });
  return (
    <FieldStack>
      <KubeconfigField
        value={form.kubeconfig}
        problem={reading?.ok === false ? reading.message : null}
        onChange={(kubeconfig) => {
          onChange({ kubeconfig, context: '' });
        }}
      />
      {reading?.ok === true ? (
        <ContextField
          reading={reading}
          value={form.context}
          onChange={(context) => {
            onChange({ context });
          }}
        />
      ) : null}
      <AccessScript namespace={form.namespace} />
      <FieldRow>
        <Field label="Name" hint="What it is called here.">
          {(control) => (
            <input
              {...control}
              value={form.name}
              maxLength={100}
              autoComplete="off"
              data-autofocus
              data-testid="cluster-name-input"
              onChange={(event) => {
                onChange({ name: event.target.value });
              }}
            />
          )}
        </Field>
        <Field
          label="Default namespace"
          optional
          hint="Deployments go there unless you say otherwise."
          error={namespaceErrors['namespace']}
        >
          {(control) => (
            <input
              {...control}
              value={form.namespace}
              placeholder="ushadow"
              maxLength={63}
              autoComplete="off"
              spellCheck={false}
              data-testid="namespace-input"
              onChange={(event) => {
                onChange({ namespace: event.target.value });
              }}
            />
          )}
        </Field>
      </FieldRow>
      <Field label="Labels" optional hint="key=value, with commas between." error={labels.ok ? null : labels.message}>
        {(control) => (
          <input
            {...control}
            value={form.labels}
            placeholder="env=dev, team=core"
            autoComplete="off"
            spellCheck={false}
            data-testid="labels-input"
            onChange={(event) => {
              onChange({ labels: event.target.value });
            }}
          />
        )}
      </Field>
    </FieldStack>
  );
}
