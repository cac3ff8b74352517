'use client';

import type { operations, OutputOf } from '@ushadow/contracts';
import { useId, useState } from 'react';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import type { ReadableFile } from '../../_upload/read-chosen.ts';
import type { Selection } from '../../_upload/select-files.ts';
import { toUploadRequest } from '../../_upload/to-upload-request.ts';
import { nameError, suggestName } from '../../_upload/upload-name.ts';
import { limitsText, uploadProblems } from '../../_upload/upload-problems.ts';
import { UploadFields } from './upload-fields.tsx';
import { UploadResult } from './upload-result.tsx';

export type Upload = OutputOf<typeof operations.uploadProject>;

interface UploadDialogProps {
  /** Uploads there are already. */
  readonly known: readonly Upload[];
  readonly onClose: () => void;
  /** After each upload, also one whose Compose file has mistakes. */
  readonly onUploaded: (upload: Upload) => void;
  /** Something else has changed the uploads. */
  readonly onStale: () => void;
}

export interface UploadForm {
  readonly name: string;
  /** The name is the user’s, not a suggestion. */
  readonly isNamed: boolean;
  readonly selection: Selection<ReadableFile> | null;
  readonly replace: boolean;
}

/** Files first, then, where their Compose file has mistakes, what they are. */
export function UploadDialog({ known, onClose, onUploaded, onStale }: UploadDialogProps) {
  const formId = useId();
  const [form, setForm] = useState<UploadForm>({ name: '', isNamed: false, selection: null, replace: false });
  const [faulty, setFaulty] = useState<Upload | null>(null);
  const { name, selection, replace } = form;
  const isTaken = known.some((upload) => upload.name === name);
  const isReady =
    selection !== null &&
    uploadProblems(selection).length === 0 &&
    nameError(name) === undefined &&
    (!isTaken || replace);
  const upload = useAction(async () => {
    if (selection === null) return;
    try {
      const done = await api.uploadProject(await toUploadRequest(name, selection, isTaken && replace));
      onUploaded(done);
      if (done.diagnostics.length === 0) onClose();
      else setFaulty(done);
    } catch (error) {
      onStale();
      throw error;
    }
  });

  if (faulty !== null) {
    return (
      <UploadResult
        upload={faulty}
        onClose={onClose}
        onAgain={() => {
          setFaulty(null);
          setForm({ name: faulty.name, isNamed: true, selection: null, replace: true });
        }}
      />
    );
  }
  return (
    <Dialog
      title="Upload a project"
      description={`A Compose file and what it refers to. ${limitsText}`}
      testId="upload-modal"
      onClose={onClose}
      message={upload.error === undefined ? null : <ErrorNotice error={upload.error} testId="upload-error" />}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            look="primary"
            icon="upload"
            busy={upload.busy}
            disabled={!isReady}
            data-testid="confirm-upload-btn"
          >
            {upload.busy ? 'Uploading…' : 'Upload'}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !upload.busy) void upload.run();
        }}
      >
        <UploadFields
          form={form}
          isTaken={isTaken}
          onChange={(part) => {
            upload.reset();
            setForm((last) => ({ ...last, ...part }));
          }}
          onSelect={(next) => {
            upload.reset();
            setForm((last) => (last.isNamed ? { ...last, selection: next } : suggested(next)));
          }}
        />
      </form>
    </Dialog>
  );
}

function suggested(selection: Selection<ReadableFile>): UploadForm {
  return { name: suggestName(selection.name ?? ''), isNamed: false, selection, replace: false };
}
