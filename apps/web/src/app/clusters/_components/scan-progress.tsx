import { progressText, type ScanProgress as Progress } from '../_scan/progress-text.ts';
import styles from './scan-progress.module.css';

/** A bar and a line of text; the bar moves on its own while nobody knows how much there is. */
export function ScanProgress({ progress }: { readonly progress: Progress | null }) {
  const isMeasured = progress !== null && progress.total !== null && progress.total > 0;
  return (
    <div className={styles['progress']} data-testid="scan-progress">
      <progress
        aria-label="Progress of the scan"
        {...(isMeasured ? { value: progress.scanned, max: progress.total ?? undefined } : {})}
      />
      <p role="status" className={styles['text']}>
        {progress === null ? 'Starting the scan' : progressText(progress)}
      </p>
    </div>
  );
}
