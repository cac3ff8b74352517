import { problemOfDiagnostic } from '../../../../api/error-details.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Card } from '../../../../ui/card.tsx';
import { formatBytes } from '../../../../ui/format-bytes.ts';
import { TimeAgo } from '../../../../ui/time-ago.tsx';
import type { Upload } from './upload-dialog.tsx';
import styles from './uploads-card.module.css';

interface UploadsCardProps {
  readonly uploads: readonly Upload[];
  readonly onRemove: (upload: Upload) => void;
}

/** The uploaded projects, folded, also those whose Compose file gives no services. */
export function UploadsCard({ uploads, onRemove }: UploadsCardProps) {
  return (
    <Card flush>
      <details data-testid="uploads">
        <summary className={styles['summary']}>{counted(uploads.length, 'uploaded project')}</summary>
        <ul>
          {uploads.map((upload) => (
            <UploadRow key={upload.name} upload={upload} onRemove={onRemove} />
          ))}
        </ul>
      </details>
    </Card>
  );
}

function UploadRow({ upload, onRemove }: Pick<UploadsCardProps, 'onRemove'> & { readonly upload: Upload }) {
  const { name, files, services, diagnostics, uploaded_at: at, uploaded_by: by } = upload;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <li className={styles['row']} data-testid={`upload-${name}`}>
      <div className={styles['text']}>
        <p className={styles['title']}>
          <strong>{name}</strong>
          {diagnostics.length === 0 ? null : (
            <Badge tone="bad" icon="alert" title={diagnostics.map((each) => problemOfDiagnostic(each).what).join('\n')}>
              {counted(diagnostics.length, 'problem')}
            </Badge>
          )}
        </p>
        <p className={styles['muted']}>
          {counted(services.length, 'service')} · {counted(files.length, 'file')}, {formatBytes(bytes)} · uploaded{' '}
          <TimeAgo at={at} /> by {by}
        </p>
      </div>
      <Button
        small
        icon="trash"
        data-testid={`remove-upload-${name}`}
        onClick={() => {
          onRemove(upload);
        }}
      >
        Remove<span className="visually-hidden"> {name}</span>
      </Button>
    </li>
  );
}

function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}
