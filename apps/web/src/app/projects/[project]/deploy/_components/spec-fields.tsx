import { useState } from 'react';
import type { FieldErrors } from '../../../../../api/field-errors.ts';
import { Field, FieldRow, FieldStack } from '../../../../../ui/field.tsx';
import { TextInput } from '../../../../../ui/text-input.tsx';
import type { ResourcesForm, SpecForm } from '../_form/spec-form.ts';
import type { StackForm } from '../_form/stack-form.ts';
import type { Project } from '../_form/stack-form.ts';
import { IngressFields } from './ingress-fields.tsx';
import styles from './service-choice.module.css';

const resourceFields: readonly {
  readonly name: keyof ResourcesForm;
  readonly label: string;
  readonly placeholder: string;
  readonly path: string;
}[] = [
  { name: 'cpuRequest', label: 'CPU request', placeholder: '100m', path: 'resources.requests.cpu' },
  { name: 'cpuLimit', label: 'CPU limit', placeholder: '1', path: 'resources.limits.cpu' },
  { name: 'memoryRequest', label: 'Memory request', placeholder: '128Mi', path: 'resources.requests.memory' },
  { name: 'memoryLimit', label: 'Memory limit', placeholder: '512Mi', path: 'resources.limits.memory' },
];

interface SpecFieldsProps {
  readonly service: Project['services'][number];
  readonly form: StackForm;
  readonly spec: SpecForm;
  readonly isRemembered: boolean;
  readonly errors: FieldErrors;
  readonly onChange: (spec: SpecForm) => void;
}

/** How one service is to run, beside what its file says; folded, since few need it. */
export function SpecFields({ service: { service }, form, spec, isRemembered, errors, onChange }: SpecFieldsProps) {
  const [isOpen, setOpen] = useState(false);
  const prefix = `specs.${service}.`;
  const own = Object.fromEntries(
    Object.entries(errors).flatMap(([path, text]) =>
      path.startsWith(prefix) ? [[path.slice(prefix.length), text]] : [],
    ),
  );
  const change = (part: Partial<SpecForm>) => {
    onChange({ ...spec, ...part });
  };
  const state = form.specs.has(service) ? ', changed' : isRemembered ? ', remembered' : '';
  return (
    <details
      className={styles['spec']}
      open={isOpen || Object.keys(own).length > 0}
      data-testid={`spec-${service}`}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>
        Replicas, resources, access<span className="visually-hidden"> of {service}</span>
        {state}
      </summary>
      <FieldStack>
        <FieldRow>
          <TextInput
            label="Replicas"
            optional
            placeholder="as in the Compose file"
            inputMode="numeric"
            error={own['replicas']}
            value={spec.replicas}
            testId={`replicas-${service}`}
            onChange={(replicas) => {
              change({ replicas });
            }}
          />
          <ServiceTypeField spec={spec} onChange={change} />
        </FieldRow>
        <HealthFields spec={spec} errors={own} onChange={change} />
        <FieldRow>
          {resourceFields.map(({ name, label, placeholder, path }) => (
            <TextInput
              key={name}
              label={label}
              optional
              placeholder={placeholder}
              error={own[path]}
              value={spec.resources[name]}
              testId={`${name}-${service}`}
              onChange={(value) => {
                change({ resources: { ...spec.resources, [name]: value } });
              }}
            />
          ))}
        </FieldRow>
        <TextInput
          label="Public address"
          optional
          placeholder="shop.example.org"
          hint="HOST[:PORT][/PATH[#strip]], with commas between; by Ingress or HTTPRoute, as the cluster takes requests."
          error={addressError(own)}
          value={spec.publicAt}
          testId={`public-at-${service}`}
          onChange={(publicAt) => {
            change({ publicAt });
          }}
        />
        <IngressFields
          service={service}
          value={spec.ingress}
          errors={own}
          onChange={(ingress) => {
            change({ ingress });
          }}
        />
      </FieldStack>
    </details>
  );
}

/** Of the list, or of the first address in it that is none. */
function addressError(errors: FieldErrors): string | undefined {
  return Object.entries(errors).find(([path]) => path === 'public_at' || path.startsWith('public_at.'))?.[1];
}

interface PartProps {
  readonly spec: SpecForm;
  readonly onChange: (part: Partial<SpecForm>) => void;
}

function ServiceTypeField({ spec, onChange }: PartProps) {
  return (
    <Field label="Service type">
      {(control) => (
        <select
          {...control}
          value={spec.serviceType}
          onChange={(event) => {
            onChange({ serviceType: event.target.value });
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

function HealthFields({ spec, errors, onChange }: PartProps & { readonly errors: FieldErrors }) {
  return (
    <FieldRow>
      <Field label="Health check">
        {(control) => (
          <select
            {...control}
            value={spec.health}
            onChange={(event) => {
              onChange({ health: event.target.value as SpecForm['health'] });
            }}
          >
            <option value="compose">From the Compose file</option>
            <option value="path">HTTP path on the first port</option>
            <option value="none">None</option>
          </select>
        )}
      </Field>
      {spec.health === 'path' ? (
        <TextInput
          label="Health path"
          error={errors['health_check_path']}
          value={spec.healthPath}
          onChange={(healthPath) => {
            onChange({ healthPath });
          }}
        />
      ) : null}
    </FieldRow>
  );
}
