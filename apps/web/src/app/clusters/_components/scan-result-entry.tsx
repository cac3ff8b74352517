import type { InfraScanData } from '@ushadow/contracts';
import { Badge } from '../../../ui/badge.tsx';
import styles from './scan-results-dialog.module.css';

type InfraResult = InfraScanData['infra_services'][string];

/** One kind of infrastructure that was found: where it is, what speaks for it, and what else there is of the kind. */
export function ScanResultEntry({ result }: { readonly result: InfraResult }) {
  return (
    <li className={styles['entry']}>
      <div className={styles['line']}>
        <strong>{result.type}</strong>
        <ReadyBadge ready={result.ready} />
      </div>
      {result.endpoints.map((endpoint) => (
        <code key={endpoint}>{endpoint}</code>
      ))}
      <p className={styles['muted']}>{factsOf(result).join(' · ')}</p>
      {result.reason === null ? null : <p className={styles['muted']}>{result.reason}</p>}
      {result.pending ? (
        <p className={styles['muted']}>The load balancer has no address yet; this one works in the cluster.</p>
      ) : null}
      {result.secret_refs.map((secret) => (
        <p key={secret.role} className={styles['muted']}>
          Its {secret.role} is in Secret <code>{secret.name}</code>, key <code>{secret.key}</code>
        </p>
      ))}
      {result.alternatives.length === 0 ? null : <Alternatives of={result.alternatives} />}
    </li>
  );
}

function factsOf(result: InfraResult): string[] {
  return [
    result.service_name === null ? null : `Service ${result.service_name}`,
    result.service_type,
    result.namespace === null ? null : `in ${result.namespace}`,
    result.made_by === null ? null : `made by ${result.made_by}`,
    result.stack === null ? null : `of the stack ${result.stack}`,
    result.confidence === null ? null : `${result.confidence} confidence`,
  ].filter((fact) => fact !== null);
}

function Alternatives({ of: alternatives }: { readonly of: InfraResult['alternatives'] }) {
  return (
    <details className={styles['muted']}>
      <summary>
        {alternatives.length === 1 ? '1 other Service' : `${String(alternatives.length)} other Services`} of this kind
      </summary>
      <ul className={styles['others']}>
        {alternatives.map((one) => (
          <li key={one.service_name}>
            {one.service_name}: <code>{one.endpoints[0] ?? 'no address'}</code> · {one.confidence} confidence ·{' '}
            {one.reason}
          </li>
        ))}
      </ul>
    </details>
  );
}

function ReadyBadge({ ready }: { readonly ready: boolean | null }) {
  if (ready === null)
    return (
      <Badge tone="neutral" icon="question">
        Not seen
      </Badge>
    );
  return ready ? (
    <Badge tone="ok" icon="check">
      Ready
    </Badge>
  ) : (
    <Badge tone="warn" icon="alert">
      Not ready
    </Badge>
  );
}
