import { problemOfDiagnostic } from '../../../../api/error-details.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { ProblemList } from '../../../../ui/problem-list.tsx';
import type { Upload } from './upload-dialog.tsx';

interface UploadResultProps {
  readonly upload: Upload;
  readonly onClose: () => void;
  readonly onAgain: () => void;
}

/** An upload whose Compose file has mistakes: it is kept, so that they can be looked at. */
export function UploadResult({ upload, onClose, onAgain }: UploadResultProps) {
  const { name, services, diagnostics } = upload;
  return (
    <Dialog
      title={`${name} is uploaded, with mistakes`}
      testId="upload-result"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onAgain} data-testid="upload-again-btn">
            Upload it again
          </Button>
          <Button look="primary" data-autofocus onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <Notice
        tone="bad"
        title={services.length === 0 ? 'Its Compose file cannot be used yet' : 'Part of it cannot be used yet'}
      >
        <ProblemList problems={diagnostics.map(problemOfDiagnostic)} />
      </Notice>
    </Dialog>
  );
}
