'use client';

import { publicOperations, type ClusterData } from '@ushadow/contracts';
import { useState } from 'react';
import { api } from '../../../api/client.ts';
import { fieldErrors, type FieldErrors } from '../../../api/field-errors.ts';
import { useAction } from '../../../api/use-action.ts';
import { FieldStack } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { labelsText, readLabels } from '../_kubeconfig/labels-text.ts';
import { readRouting, routingChanges, routingTexts } from '../_routing/routing-text.ts';
import { policyChanges, policyTexts, readPolicies } from '../_policies/policy-text.ts';
import { PolicyFields } from './policy-fields.tsx';
import { RoutingFields } from './routing-fields.tsx';

interface EditClusterDialogProps {
  readonly cluster: ClusterData;
  readonly onClose: () => void;
  readonly onSaved: (cluster: ClusterData) => void;
}

const editable = publicOperations.updateCluster.input.pick({
  name: true,
  namespace: true,
  routing: true,
  policies: true,
});

/**
 * Name, default namespace, labels, routing and policies; a namespace left empty is the product's own default, labels left empty are
 * none, routing left empty is read from the cluster.
 */
export function EditClusterDialog({ cluster, onClose, onSaved }: EditClusterDialogProps) {
  const [opened] = useState(cluster);
  const [name, setName] = useState(cluster.name);
  const [namespace, setNamespace] = useState(cluster.namespace);
  const [labels, setLabels] = useState(() => labelsText(cluster.labels));
  const [routing, setRouting] = useState(() => routingTexts(cluster.routing));
  const [policies, setPolicies] = useState(() => policyTexts(cluster.policies));
  const reading = readLabels(labels);
  const policyReading = readPolicies(policies);
  const wantedPolicies = policyReading.ok ? policyChanges(opened.policies, policyReading.policies) : {};
  const wantedRouting = routingChanges(opened.routing, readRouting(routing));
  const wanted = namespace.trim() === '' ? null : namespace.trim();
  const errors = fieldErrors(editable, { name, namespace: wanted, routing: wantedRouting, policies: wantedPolicies });
  const isValid = Object.keys(errors).length === 0 && reading.ok && policyReading.ok;
  const save = useAction(async () => {
    if (!reading.ok) return;
    // What was left as it is may have been changed by somebody else meanwhile.
    const changes = {
      ...(name.trim() === opened.name ? {} : { name: name.trim() }),
      ...(namespace.trim() === opened.namespace ? {} : { namespace: wanted }),
      ...(labels === labelsText(opened.labels) ? {} : { labels: { ...reading.labels } }),
      ...(Object.keys(wantedRouting).length === 0 ? {} : { routing: wantedRouting }),
      ...(Object.keys(wantedPolicies).length === 0 ? {} : { policies: wantedPolicies }),
    };
    onSaved(await api.updateCluster({ cluster_id: cluster.cluster_id, ...changes }));
  });
  return (
    <FormDialog
      title={`Edit ${cluster.name}`}
      testId="edit-cluster-modal"
      onClose={onClose}
      action={save}
      submit={{ label: 'Save', testId: 'save-cluster-btn' }}
      isValid={isValid}
      errorTestId="edit-cluster-error"
      onSubmit={() => void save.run()}
    >
      <FieldStack>
        <TextInput label="Name" testId="edit-name-input" value={name} error={errors['name']} onChange={setName} />
        <TextInput
          label="Default namespace"
          testId="edit-namespace-input"
          hint="Empty for ushadow."
          value={namespace}
          error={errors['namespace']}
          onChange={setNamespace}
        />
        <TextInput
          label="Labels"
          testId="edit-labels-input"
          hint="key=value, with commas between; empty for none."
          value={labels}
          error={reading.ok ? undefined : reading.message}
          onChange={setLabels}
        />
        <RoutingFields texts={routing} errors={errors} onChange={setRouting} />
        <PolicyFields
          texts={policies}
          error={policyReading.ok ? namespaceError(errors) : policyReading.message}
          onChange={setPolicies}
        />
      </FieldStack>
    </FormDialog>
  );
}

function namespaceError(errors: FieldErrors): string | undefined {
  return Object.entries(errors).find(([path]) => path.startsWith('policies.namespaces'))?.[1];
}
