import { isAllowedIn, type StackData, type StackServiceData, clusterOf } from '@ushadow/contracts';
import { useState } from 'react';
import { useQuery } from '../../../../api/use-query.ts';
import { Card } from '../../../../ui/card.tsx';
import { Table } from '../../../../ui/table.tsx';
import { Address } from '../../_components/address.tsx';
import { Fact } from '../../_components/fact.tsx';
import { LastDeployment } from '../../_components/last-deployment.tsx';
import { healthDisplay, syncDisplay } from '../../_status/fact-display.ts';
import type { Operations } from '../_hooks/use-operations.ts';
import { ScaleDialog } from './scale-dialog.tsx';
import { ServiceActions } from './service-actions.tsx';
import styles from './service-table.module.css';
import { StopDialog } from './stop-dialog.tsx';

const columns = ['Service', 'Health', 'Ready', 'Sync', 'Last deployment', 'Reach it'] as const;

type Asking = { readonly kind: 'scale' | 'stop'; readonly service: StackServiceData } | null;

interface ServiceTableProps {
  readonly stack: StackData;
  readonly operations: Operations;
}

/** Each service with three facts that are not the same: does it work, is it as wanted, how did the last deployment end. */
export function ServiceTable({ stack, operations }: ServiceTableProps) {
  const { data: cluster } = useQuery('getCluster', { cluster_id: clusterOf(stack.target) });
  const hasShells = cluster !== undefined && isAllowedIn(cluster.policies, 'exec', stack.namespace);
  const [asking, setAsking] = useState<Asking>(null);
  const close = () => {
    setAsking(null);
  };
  if (stack.services.length === 0) {
    return (
      <Card title="Services" testId="stack-services">
        <p className={styles['muted']}>None is left. The stack stays listed while it has claims.</p>
      </Card>
    );
  }
  return (
    <Card title="Services" testId="stack-services" flush>
      <Table label="Services" columns={columns}>
        {stack.services.map((service) => (
          <ServiceRow
            key={service.service}
            stackId={stack.stack_id}
            service={service}
            operations={operations}
            shellHref={
              hasShells ? `/stacks/${stack.stack_id}/shell?service=${encodeURIComponent(service.service)}` : undefined
            }
            onAsk={setAsking}
          />
        ))}
      </Table>
      {asking?.kind === 'scale' ? (
        <ScaleDialog
          service={asking.service}
          onClose={close}
          onScale={(replicas) => void operations.run(asking.service.service, { kind: 'scale', replicas })}
        />
      ) : null}
      {asking?.kind === 'stop' ? (
        <StopDialog
          service={asking.service.service}
          onClose={close}
          onStop={() => void operations.run(asking.service.service, { kind: 'stop' })}
        />
      ) : null}
    </Card>
  );
}

interface ServiceRowProps {
  readonly stackId: string;
  readonly service: StackServiceData;
  readonly operations: Operations;
  readonly shellHref: string | undefined;
  readonly onAsk: (asking: Asking) => void;
}

function ServiceRow({ stackId, service, operations, shellHref, onAsk }: ServiceRowProps) {
  const { service: name, image, health, sync, addresses, overrides } = service;
  return (
    <tr data-testid={`service-${name}`}>
      <td data-label="Service">
        <div className={styles['service']}>
          <strong>{name}</strong>
          {image === null ? null : <code className={styles['image']}>{image}</code>}
          {overrides.map((override) => (
            <span
              key={override.name ?? override.key}
              className={styles['override']}
              data-testid={`override-${name}-${override.key}`}
            >
              {overrideText(override)}
            </span>
          ))}
          <ServiceActions
            stackId={stackId}
            service={service}
            isBusy={operations.busy === name}
            shellHref={shellHref}
            onRun={(operation) => void operations.run(name, operation)}
            onScale={() => {
              onAsk({ kind: 'scale', service });
            }}
            onStop={() => {
              onAsk({ kind: 'stop', service });
            }}
          />
        </div>
      </td>
      <td data-label="Health">
        <Fact fact={health} display={healthDisplay(health)} testId="service-health" showsReason />
      </td>
      <td data-label="Ready">
        <Ready service={service} />
      </td>
      <td data-label="Sync">
        <Fact fact={sync} display={syncDisplay(sync)} testId="service-sync" showsReason />
      </td>
      <td data-label="Last deployment">
        <LastDeployment deployment={service.deployment} showsReason />
      </td>
      <td data-label="Reach it">
        {addresses.length === 0 ? (
          <span className={styles['muted']}>publishes no port</span>
        ) : (
          <ul className={styles['addresses']}>
            {addresses.map((address) => (
              <li key={`${address.via} ${address.text}`}>
                <Address address={address} />
              </li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  );
}

/** What was chosen here, and what the file says. */
function overrideText({ key, value, file_value: inFile, path = [] }: StackServiceData['overrides'][number]): string {
  if (key === 'probe') return 'probes off, set here, whatever the file says';
  const what = key === 'field' ? (path.at(-1) ?? key) : key;
  return `${what} ${String(value ?? 'nothing')}, set here; the file says ${String(inFile ?? 'nothing')}`;
}

function Ready({ service: { ready, wanted, health } }: { readonly service: StackServiceData }) {
  if (ready === null || wanted === null) return <span className={styles['muted']}>–</span>;
  const text = `${String(ready)}/${String(wanted)}`;
  return health.stale ? (
    <span className={styles['muted']}>was {text}</span>
  ) : (
    <span data-testid="service-ready">{text}</span>
  );
}
