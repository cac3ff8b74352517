import type { ClusterData } from '@ushadow/contracts';
import { useState } from 'react';
import { useQuery } from '../../../api/use-query.ts';
import { Field, FieldRow, FieldStack } from '../../../ui/field.tsx';
import type { ResourcesForm } from '../_deploy/deploy-form.ts';
import type { DeployFormState } from '../_hooks/use-deploy-form.ts';
import styles from './advanced-fields.module.css';
import { TextInput } from './text-input.tsx';

const resourceFields: readonly {
  readonly name: keyof ResourcesForm;
  readonly label: string;
  readonly placeholder: string;
  readonly path: string;
}[] = [
  { name: 'cpuRequest', label: 'CPU request', placeholder: '100m', path: 'k8s_spec.resources.requests.cpu' },
  { name: 'cpuLimit', label: 'CPU limit', placeholder: '1', path: 'k8s_spec.resources.limits.cpu' },
  { name: 'memoryRequest', label: 'Memory request', placeholder: '128Mi', path: 'k8s_spec.resources.requests.memory' },
  { name: 'memoryLimit', label: 'Memory limit', placeholder: '512Mi', path: 'k8s_spec.resources.limits.memory' },
];

interface AdvancedFieldsProps {
  readonly state: DeployFormState;
  readonly cluster: ClusterData;
}

/** What few deploys need: resources, node, deadline. */
export function AdvancedFields({ state, cluster }: AdvancedFieldsProps) {
  const { form, change, errors } = state;
  const [isOpen, setOpen] = useState(false);
  const hasError = [...resourceFields.map((field) => field.path), 'deadline_seconds', 'node_name'].some(
    (path) => errors[path] !== undefined,
  );
  return (
    <details
      className={styles['details']}
      open={isOpen || hasError}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
      data-testid="advanced-fields"
    >
      <summary>Resources, node and deadline</summary>
      <FieldStack>
        <FieldRow>
          {resourceFields.map(({ name, label, placeholder, path }) => (
            <TextInput
              key={name}
              label={label}
              optional
              placeholder={placeholder}
              error={errors[path]}
              value={form.resources[name]}
              onChange={(value) => {
                change({ resources: { ...form.resources, [name]: value } });
              }}
            />
          ))}
        </FieldRow>
        <FieldRow>
          {isOpen ? <NodeField state={state} clusterId={cluster.cluster_id} /> : null}
          <TextInput
            label="Give up after"
            optional
            placeholder="300"
            hint="Seconds until it has to be ready."
            inputMode="numeric"
            error={errors['deadline_seconds']}
            value={form.deadlineSeconds}
            testId="deadline-input"
            onChange={(deadlineSeconds) => {
              change({ deadlineSeconds });
            }}
          />
        </FieldRow>
      </FieldStack>
    </details>
  );
}

function NodeField({ state, clusterId }: { readonly state: DeployFormState; readonly clusterId: string }) {
  const nodes = useQuery('listNodes', { cluster_id: clusterId });
  const hint = nodes.error === undefined ? undefined : 'The nodes of this cluster cannot be listed.';
  return (
    <Field label="Node" optional hint={hint}>
      {(control) => (
        <select
          {...control}
          value={state.form.nodeName}
          data-testid="node-select"
          onChange={(event) => {
            state.change({ nodeName: event.target.value });
          }}
        >
          <option value="">Any</option>
          {(nodes.data ?? []).map((node) => (
            <option key={node.name} value={node.name}>
              {node.ready ? node.name : `${node.name} (${node.status})`}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
