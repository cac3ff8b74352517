import type { DiagnosticData } from '@ushadow/contracts';
import { problemOfDiagnostic } from '../api/error-details.ts';
import styles from './diagnostic-notices.module.css';
import { Notice } from './notice.tsx';
import { ProblemList } from './problem-list.tsx';
import type { Tone } from './styling.ts';

/** Longer lists of warnings and notes start folded, so that what stands below is not lost. */
const OPEN_MAX = 3;

const severities: readonly {
  readonly severity: DiagnosticData['severity'];
  readonly tone: Tone;
  readonly one: string;
  readonly many: string;
}[] = [
  { severity: 'error', tone: 'bad', one: 'error', many: 'errors' },
  { severity: 'warning', tone: 'warn', one: 'warning', many: 'warnings' },
  { severity: 'info', tone: 'info', one: 'note', many: 'notes' },
];

/** What a compilation has to say, a notice for each severity. */
export function DiagnosticNotices({ diagnostics }: { readonly diagnostics: readonly DiagnosticData[] }) {
  return severities.map(({ severity, tone, one, many }) => {
    const found = diagnostics.filter((diagnostic) => diagnostic.severity === severity);
    if (found.length === 0) return null;
    return (
      <Notice key={severity} tone={tone} title={found.length === 1 ? `1 ${one}` : `${String(found.length)} ${many}`}>
        <details open={severity === 'error' || found.length <= OPEN_MAX}>
          <summary className={styles['summary']}>What they are</summary>
          <ProblemList problems={found.map(problemOfDiagnostic)} />
        </details>
      </Notice>
    );
  });
}
