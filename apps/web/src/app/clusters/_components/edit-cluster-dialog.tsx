'use client';

import { publicOperations, type ClusterData } from '@ushadow/contracts';
import { useId, useState } from 'react';
import { api } from '../../../api/client.ts';
import { fieldErrors } from '../../../api/field-errors.ts';
import { useAction } from '../../../api/use-action.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Field, FieldStack } from '../../../ui/field.tsx';
import { labelsText, readLabels } from '../_kubeconfig/labels-text.ts';

interface EditClusterDialogProps {
  readonly cluster: ClusterData;
  readonly onClose: () => void;
  readonly onSaved: (cluster: ClusterData) => void;
}

const editable = publicOperations.updateCluster.input.pick({ name: true, namespace: true });

/** Name, default namespace and labels; a namespace left empty is the product's own default, labels left empty are none. */
export function EditClusterDialog({ cluster, onClose, onSaved }: EditClusterDialogProps) {
  const [opened] = useState(cluster);
  const [name, setName] = useState(cluster.name);
  const [namespace, setNamespace] = useState(cluster.namespace);
  const [labels, setLabels] = useState(() => labelsText(cluster.labels));
  const form = useId();
  const reading = readLabels(labels);
  const wanted = namespace.trim() === '' ? null : namespace.trim();
  const errors = fieldErrors(editable, { name, namespace: wanted });
  const isValid = Object.keys(errors).length === 0 && reading.ok;
  const save = useAction(async () => {
    if (!reading.ok) return;
    // What was left as it is may have been changed by somebody else meanwhile.
    const changes = {
      ...(name.trim() === opened.name ? {} : { name: name.trim() }),
      ...(namespace.trim() === opened.namespace ? {} : { namespace: wanted }),
      ...(labels === labelsText(opened.labels) ? {} : { labels: { ...reading.labels } }),
    };
    onSaved(await api.updateCluster({ cluster_id: cluster.cluster_id, ...changes }));
  });
  return (
    <Dialog
      title={`Edit ${cluster.name}`}
      testId="edit-cluster-modal"
      onClose={onClose}
      message={save.error === undefined ? null : <ErrorNotice error={save.error} testId="edit-cluster-error" />}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            look="primary"
            busy={save.busy}
            disabled={!isValid}
            data-testid="save-cluster-btn"
          >
            Save
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isValid && !save.busy) void save.run();
        }}
      >
        <FieldStack>
          <Text label="Name" testId="edit-name-input" value={name} error={errors['name']} onChange={setName} />
          <Text
            label="Default namespace"
            testId="edit-namespace-input"
            hint="Empty for ushadow."
            value={namespace}
            error={errors['namespace']}
            onChange={setNamespace}
          />
          <Text
            label="Labels"
            testId="edit-labels-input"
            hint="key=value, with commas between; empty for none."
            value={labels}
            error={reading.ok ? undefined : reading.message}
            onChange={setLabels}
          />
        </FieldStack>
      </form>
    </Dialog>
  );
}

interface TextProps {
  readonly label: string;
  readonly testId: string;
  readonly hint?: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

function Text({ label, testId, hint, value, error, onChange }: TextProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          value={value}
          autoComplete="off"
          spellCheck={false}
          data-testid={testId}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      )}
    </Field>
  );
}
