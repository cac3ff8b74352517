import type { AuditEntryData } from '@ushadow/contracts';
import Link from 'next/link';
import { usePages, type PageReader } from '../../../api/use-pages.ts';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { absoluteTime } from '../../../ui/format.ts';
import { MoreButton } from '../../../ui/more-button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Table } from '../../../ui/table.tsx';
import { entryText, subjectOf } from '../_audit/entry-text.ts';
import styles from './audit-list.module.css';

export interface AuditScope {
  readonly stack_id?: string;
  readonly cluster_id?: string;
  readonly project?: string;
  readonly namespace?: string;
}

const reader: PageReader<'listAudit', AuditEntryData> = {
  itemsOf: ({ entries }) => entries,
  nextOf: ({ next_before: before }) => (before === null ? null : { before }),
  keyOf: entryKey,
};

function entryKey({ service, sequence }: AuditEntryData): string {
  return `${service} ${String(sequence)}`;
}

const POLL_MS = 10_000;

interface AuditListProps {
  readonly scope: AuditScope;
  readonly limit: number;
}

/** Who did what in any service, newest first. */
export function AuditList({ scope, limit }: AuditListProps) {
  const pages = usePages('listAudit', { ...scope, limit }, reader, POLL_MS);
  const unanswered = pages.newest?.unanswered ?? [];
  return (
    <div className={styles['list']}>
      {pages.error === undefined ? null : <ErrorNotice error={pages.error} onRetry={pages.reload} />}
      {unanswered.length === 0 ? null : (
        <Notice tone="warn" role="status" title="Some entries are left out" testId="audit-unanswered">
          <p>These services do not answer: {unanswered.join(', ')}.</p>
        </Notice>
      )}
      {pages.items === undefined ? (
        pages.error === undefined && <p role="status">Loading the trail…</p>
      ) : pages.items.length === 0 ? (
        <p data-testid="no-audit">Nothing is recorded.</p>
      ) : (
        <Table label="Audit entries" columns={['When', 'Who', 'What', 'About', 'Entry']} testId="audit-table">
          {pages.items.map((entry) => (
            <AuditRow key={entryKey(entry)} entry={entry} />
          ))}
        </Table>
      )}
      <MoreButton pages={pages} />
    </div>
  );
}

function AuditRow({ entry }: { readonly entry: AuditEntryData }) {
  const { service, sequence, time, actor, deployment_id: id, deployment, seal } = entry;
  const adopted = deployment?.adopted ?? [];
  const text = entryText(entry);
  return (
    <tr data-testid={`audit-${service}-${String(sequence)}`}>
      <td data-label="When">
        <time dateTime={time}>{absoluteTime(time)}</time>
      </td>
      <td data-label="Who">{actor}</td>
      <td data-label="What">
        <span>
          {id === null ? text : <Link href={`/deployments/${id}`}>{text}</Link>}
          {adopted.length === 0 ? null : <span>, adopts {adopted.join(', ')}</span>}
        </span>
      </td>
      <td data-label="About">{subjectOf(entry)}</td>
      <td data-label="Entry">
        <span title={`seal ${seal}`}>{entryKey(entry)}</span>
      </td>
    </tr>
  );
}
