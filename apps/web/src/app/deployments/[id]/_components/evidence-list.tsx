import type { CauseData } from '../_events/event-data.ts';
import styles from './evidence-list.module.css';

/** What supports a finding: fields, events, log lines and answers, folded. */
export function EvidenceList({ cause }: { readonly cause: CauseData }) {
  if (cause.evidence.length === 0) return null;
  return (
    <details className={styles['evidence']}>
      <summary>Evidence</summary>
      <ul>
        {cause.evidence.map((entry) => (
          <li key={`${entry.kind} ${entry.path} ${entry.value}`}>
            {entry.kind} <code>{entry.path}</code>: {entry.value}
            {entry.count === undefined ? '' : ` (${String(entry.count)} times)`}
          </li>
        ))}
      </ul>
    </details>
  );
}
