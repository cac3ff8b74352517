import { partOf } from '../content/merge-content.ts';
import { replicasOf, withPodMates } from '../content/replicas.ts';
import type { ConfigurationChange, LeftField, StackContent, StackUpdate } from '../content/stack-content.ts';
import type { DeploymentKind, DeployOptions } from '../deployments/deployment.ts';

/** What is to become of a stack, and how. */
export interface PreparedChange {
  readonly kind: DeploymentKind;
  readonly update: StackUpdate;
  /** Where they are others than usual. */
  readonly options?: Partial<DeployOptions>;
  /** For the history, where nobody says why. */
  readonly message: string;
}

/** An update of services to what is in a content, with all that runs in their pods; what is stopped stays so. */
export function updateOf(
  content: StackContent,
  services: readonly string[],
  change: ConfigurationChange = {},
  left: readonly LeftField[] = [],
): StackUpdate {
  const selected = withPodMates(content, services);
  // What has pods by now is not stopped any more.
  const stopped = Object.fromEntries(
    Object.entries(content.configuration.stopped).filter(
      ([service]) => selected.includes(service) && replicasOf(content, service) === 0,
    ),
  );
  return {
    content: partOf(content, selected),
    selected,
    gone: [],
    change: { stopped, ...change },
    ...(left.length === 0 ? {} : { left }),
  };
}

/** `web`, `web and db`, `web, db and 3 more`. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${String(more)} more`;
  const last = shown.at(-1) ?? 'nothing';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}
