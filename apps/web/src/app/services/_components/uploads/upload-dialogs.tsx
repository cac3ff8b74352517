import { RemoveUploadDialog } from './remove-upload-dialog.tsx';
import { UploadDialog, type Upload } from './upload-dialog.tsx';

/** What a dialog is open for. */
export type OpenUpload = { readonly kind: 'add' } | { readonly kind: 'remove'; readonly upload: Upload } | null;

interface UploadDialogsProps {
  readonly open: OpenUpload;
  readonly known: readonly Upload[];
  readonly onClose: () => void;
  /** With what there is to say; empty when the dialog itself says it. */
  readonly onChanged: (news: string) => void;
  readonly onStale: () => void;
}

export function UploadDialogs({ open, known, onClose, onChanged, onStale }: UploadDialogsProps) {
  if (open === null) return null;
  if (open.kind === 'add') {
    return (
      <UploadDialog
        known={known}
        onClose={onClose}
        onUploaded={(upload) => {
          onChanged(newsOf(upload));
        }}
        onStale={onStale}
      />
    );
  }
  return (
    <RemoveUploadDialog
      upload={open.upload}
      onClose={onClose}
      onRemoved={() => {
        onClose();
        onChanged(`${open.upload.name} is removed. What was deployed from it stays.`);
      }}
    />
  );
}

function newsOf({ name, services, diagnostics }: Upload): string {
  if (diagnostics.length > 0) return '';
  return `${name} is uploaded: ${services.length === 1 ? '1 service' : `${String(services.length)} services`}.`;
}
