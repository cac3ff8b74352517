import type { ClusterData } from '@ushadow/contracts';
import { Field, FieldRow } from '../../../ui/field.tsx';
import type { DeployFormState } from '../_hooks/use-deploy-form.ts';
import { AdvancedFields } from './advanced-fields.tsx';
import styles from './configure-form.module.css';
import { EnvironmentSection } from './environment/environment-section.tsx';
import { FileVariableFields } from './environment/file-variable-fields.tsx';
import { IngressFields } from './ingress-fields.tsx';
import { TextInput } from './text-input.tsx';

interface ConfigureFormProps {
  readonly state: DeployFormState;
  readonly cluster: ClusterData;
  readonly hasTried: boolean;
}

export function ConfigureForm({ state, cluster, hasTried }: ConfigureFormProps) {
  const { form, change, errors } = state;
  return (
    <div className={styles['sections']}>
      <FieldRow>
        <TextInput
          label="Namespace"
          hint="Made when it is not there."
          error={errors['namespace']}
          value={form.namespace}
          testId="deploy-namespace-input"
          autoFocus
          onChange={(namespace) => {
            change({ namespace });
          }}
        />
        <TextInput
          label="Replicas"
          optional
          placeholder="as in the Compose file"
          inputMode="numeric"
          error={errors['k8s_spec.replicas']}
          value={form.replicas}
          testId="replicas-input"
          onChange={(replicas) => {
            change({ replicas });
          }}
        />
        <ServiceTypeField state={state} />
      </FieldRow>
      <HealthFields state={state} />
      <IngressFields
        value={form.ingress}
        errors={errors}
        onChange={(ingress) => {
          change({ ingress });
        }}
      />
      <FileVariableFields state={state} />
      <EnvironmentSection state={state} hasTried={hasTried} />
      <AdvancedFields state={state} cluster={cluster} />
    </div>
  );
}

function ServiceTypeField({ state }: { readonly state: DeployFormState }) {
  return (
    <Field label="Service type">
      {(control) => (
        <select
          {...control}
          value={state.form.serviceType}
          data-testid="service-type-select"
          onChange={(event) => {
            state.change({ serviceType: event.target.value });
          }}
        >
          <option value="">Default (ClusterIP)</option>
          <option value="ClusterIP">ClusterIP: inside the cluster</option>
          <option value="NodePort">NodePort: a port of every node</option>
          <option value="LoadBalancer">LoadBalancer: an address of its own</option>
        </select>
      )}
    </Field>
  );
}

function HealthFields({ state }: { readonly state: DeployFormState }) {
  const { form, change, errors } = state;
  return (
    <FieldRow>
      <Field label="Health check">
        {(control) => (
          <select
            {...control}
            value={form.health}
            data-testid="health-select"
            onChange={(event) => {
              change({ health: event.target.value as typeof form.health });
            }}
          >
            <option value="compose">From the Compose file</option>
            <option value="path">HTTP path on the first port</option>
            <option value="none">None</option>
          </select>
        )}
      </Field>
      {form.health === 'path' ? (
        <TextInput
          label="Health path"
          error={errors['k8s_spec.health_check_path']}
          value={form.healthPath}
          testId="health-path-input"
          onChange={(healthPath) => {
            change({ healthPath });
          }}
        />
      ) : null}
    </FieldRow>
  );
}
