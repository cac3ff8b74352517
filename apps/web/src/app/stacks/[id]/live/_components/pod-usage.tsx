import type { PodMetricsData } from '@ushadow/contracts';
import { formatBytes } from '../../../../../ui/format.ts';
import styles from './live.module.css';

/** CPU and memory of a pod as small bars, against what it may have at most, or else has asked for. */
export function PodUsage({ usage }: { readonly usage: PodMetricsData }) {
  const cpu = Math.round(usage.cpu_millicores);
  return (
    <span className={styles['usage']}>
      <Bar
        label="CPU"
        text={`${String(cpu)}m`}
        value={usage.cpu_millicores}
        request={usage.cpu_request_millicores}
        limit={usage.cpu_limit_millicores}
        format={(value) => `${String(Math.round(value))}m`}
      />
      <Bar
        label="Memory"
        text={formatBytes(usage.memory_bytes)}
        value={usage.memory_bytes}
        request={usage.memory_request_bytes}
        limit={usage.memory_limit_bytes}
        format={formatBytes}
      />
    </span>
  );
}

interface BarProps {
  readonly label: string;
  readonly text: string;
  readonly value: number;
  readonly request: number | null;
  readonly limit: number | null;
  readonly format: (value: number) => string;
}

function Bar({ label, text, value, request, limit, format }: BarProps) {
  const most = limit ?? request;
  const against = [
    ...(request === null ? [] : [`asks for ${format(request)}`]),
    ...(limit === null ? [] : [`at most ${format(limit)}`]),
  ];
  const title = `${label}: ${[text, ...against].join(', ')}`;
  return (
    <span className={styles['bar']} title={title}>
      <span className="visually-hidden">{title}</span>
      <span aria-hidden="true">{text}</span>
      {most === null || most === 0 ? null : (
        <meter aria-hidden="true" min={0} max={most} high={most * 0.9} value={Math.min(value, most)} />
      )}
    </span>
  );
}
