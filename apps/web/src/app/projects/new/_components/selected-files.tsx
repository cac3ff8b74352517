import { formatBytes } from '../../../../ui/format.ts';
import { Notice } from '../../../../ui/notice.tsx';
import { ProblemList } from '../../../../ui/problem-list.tsx';
import type { ChosenFile, Selection } from '../../_upload/select-files.ts';
import { totalBytes, uploadProblems } from '../../_upload/upload-problems.ts';
import styles from './selected-files.module.css';

const SHOWN_MAX = 6;

/** What is going to be sent, and why it would be refused. */
export function SelectedFiles({ selection }: { readonly selection: Selection<ChosenFile> }) {
  const { kind, files, leftOut } = selection;
  const problems = uploadProblems(selection);
  const what = kind === 'archive' ? 'One archive' : files.length === 1 ? '1 file' : `${String(files.length)} files`;
  const more = files.length - SHOWN_MAX;
  return (
    <div className={styles['selected']} data-testid="selected-files">
      <p role="status">
        <strong>{what}</strong>, {formatBytes(totalBytes(files))}
        {leftOut === 0 ? null : <span className={styles['muted']}> ({leftOut} left out: .git and the like)</span>}
      </p>
      <ul className={styles['files']}>
        {files.slice(0, SHOWN_MAX).map(({ path, size }) => (
          <li key={path}>
            <code>{path}</code> <span className={styles['muted']}>{formatBytes(size)}</span>
          </li>
        ))}
        {more > 0 ? <li className={styles['muted']}>and {more} more</li> : null}
      </ul>
      {problems.length === 0 ? null : (
        <Notice tone="bad" role="alert" title="This cannot be uploaded" testId="upload-problems">
          <ProblemList problems={problems.slice(0, SHOWN_MAX)} />
          {problems.length > SHOWN_MAX ? <p>And {problems.length - SHOWN_MAX} more.</p> : null}
        </Notice>
      )}
    </div>
  );
}
