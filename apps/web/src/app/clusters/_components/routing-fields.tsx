import type { FieldErrors } from '../../../api/field-errors.ts';
import { FieldSet } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import type { RoutingTexts } from '../_routing/routing-text.ts';

interface RoutingFieldsProps {
  readonly texts: RoutingTexts;
  /** By the paths that the contract has. */
  readonly errors: FieldErrors;
  readonly onChange: (texts: RoutingTexts) => void;
}

/** How the cluster takes requests from outside. */
export function RoutingFields({ texts, errors, onChange }: RoutingFieldsProps) {
  return (
    <FieldSet
      legend="Requests from outside"
      hint="How what is published is reached, and where its certificates come from."
    >
      <TextInput
        label="Gateway"
        testId="edit-gateway-input"
        hint="namespace/name of a Gateway that routes hold on to; empty for what the cluster has."
        value={texts.gateway}
        error={errors['routing.gateway.namespace'] ?? errors['routing.gateway.name']}
        onChange={(gateway) => {
          onChange({ ...texts, gateway });
        }}
      />
      <TextInput
        label="Ingress class"
        testId="edit-ingress-class-input"
        hint="Where there is no Gateway; empty for the default class."
        value={texts.ingressClass}
        error={errors['routing.ingress_class']}
        onChange={(ingressClass) => {
          onChange({ ...texts, ingressClass });
        }}
      />
      <TextInput
        label="Certificate issuer"
        testId="edit-issuer-input"
        hint="ClusterIssuer of cert-manager, or Issuer/name for one in the stack’s namespace; empty for no certificates."
        value={texts.issuer}
        error={errors['routing.issuer.name']}
        onChange={(issuer) => {
          onChange({ ...texts, issuer });
        }}
      />
    </FieldSet>
  );
}
