import { clusterOf, type StackData } from '@ushadow/contracts';
import { useState } from 'react';
import { useQuery } from '../../../../api/use-query.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { CollapsibleCard } from '../../../../ui/collapsible-card.tsx';
import type { IconName } from '../../../../ui/icon.tsx';
import type { Tone } from '../../../../ui/styling.ts';
import { Table } from '../../../../ui/table.tsx';
import { podTone } from '../_pods/pod-tone.ts';

const POLL_MS = 3_000;
const PART_OF = 'app.kubernetes.io/part-of';

const icons: Readonly<Record<Tone, IconName | 'spinner'>> = {
  ok: 'check',
  bad: 'cross',
  warn: 'alert',
  info: 'spinner',
  neutral: 'question',
};

/** The stack's pods as the cluster has them now, asked for while they are unfolded. */
export function PodsCard({ stack }: { readonly stack: StackData }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <CollapsibleCard title="Pods" aside="as the cluster has them now" testId="pods" onToggle={setOpen}>
      {isOpen ? <Pods stack={stack} /> : null}
    </CollapsibleCard>
  );
}

function Pods({ stack: { target, namespace, services } }: { readonly stack: StackData }) {
  const { data, error, reload } = useQuery(
    'listPods',
    { cluster_id: clusterOf(target), namespace },
    { pollMs: POLL_MS },
  );
  if (error !== undefined) return <ErrorNotice error={error} onRetry={reload} />;
  if (data === undefined) return <p role="status">Loading pods…</p>;
  const wanted = workloadNames(services);
  const pods = data.pods.filter(
    ({ name, labels }) => PART_OF in labels && wanted.some((each) => name.startsWith(each)),
  );
  if (pods.length === 0) return <p>No pods.</p>;
  return (
    <Table label="Pods" columns={['Pod', 'Status', 'Restarts', 'Age', 'Node']} testId="pod-table">
      {pods.map((pod) => {
        const tone = podTone(pod.status);
        return (
          <tr key={pod.name} data-testid={`pod-${pod.name}`}>
            <td data-label="Pod">{pod.name}</td>
            <td data-label="Status">
              <span>
                <Badge tone={tone} icon={icons[tone]} testId="pod-status">
                  {pod.status}
                </Badge>
              </span>
            </td>
            <td data-label="Restarts">{pod.restarts}</td>
            <td data-label="Age">{pod.age}</td>
            <td data-label="Node">{pod.node}</td>
          </tr>
        );
      })}
    </Table>
  );
}

const WITH_PODS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

/** A controller's pods have its name in front. */
function workloadNames(services: StackData['services']): string[] {
  return services.flatMap(({ objects }) =>
    objects.flatMap((object) => {
      const [kind = '', , name = ''] = object.split('/');
      return WITH_PODS.has(kind) ? [`${name}-`] : [];
    }),
  );
}
