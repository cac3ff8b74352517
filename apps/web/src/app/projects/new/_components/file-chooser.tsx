import { useRef, useState, type DragEvent } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { classNames } from '../../../../ui/styling.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { filesOfDrop, filesOfInput, type ReadableFile } from '../../_upload/read-chosen.ts';
import { selectFiles, type Selection } from '../../_upload/select-files.ts';
import styles from './file-chooser.module.css';

interface FileChooserProps {
  readonly onSelect: (selection: Selection<ReadableFile>) => void;
}

/** Files, a folder or an archive: dropped or chosen. */
export function FileChooser({ onSelect }: FileChooserProps) {
  const [isOver, setOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const drop = async (event: DragEvent): Promise<void> => {
    event.preventDefault();
    setOver(false);
    setProblem(null);
    try {
      onSelect(selectFiles(await filesOfDrop(event.dataTransfer)));
    } catch {
      setProblem('What was dropped cannot be read. Choose it with a button instead.');
    }
  };
  return (
    <div
      className={classNames(styles['zone'], isOver && styles['over'])}
      data-testid="upload-drop"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => void drop(event)}
    >
      <Icon name="upload" />
      <p>Drop files, a folder or one .zip here, or</p>
      <div className={styles['buttons']}>
        <PickButton label="Choose files" testId="upload-files" isFolder={false} onSelect={onSelect} />
        <PickButton label="Choose a folder" testId="upload-folder" isFolder onSelect={onSelect} />
      </div>
      {problem === null ? null : (
        <p role="alert" className={styles['problem']}>
          {problem}
        </p>
      )}
    </div>
  );
}

interface PickButtonProps extends FileChooserProps {
  readonly label: string;
  readonly testId: string;
  readonly isFolder: boolean;
}

/** An attribute that React passes on but its types do not know. */
const folderOnly = { webkitdirectory: '' };

function PickButton({ label, testId, isFolder, onSelect }: PickButtonProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button small data-autofocus={isFolder ? undefined : true} onClick={() => picker.current?.click()}>
        {label}
      </Button>
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        {...(isFolder ? folderOnly : {})}
        aria-label={label}
        data-testid={testId}
        onChange={(event) => {
          const input = event.currentTarget;
          const { files } = input;
          if (files !== null && files.length > 0) onSelect(selectFiles(filesOfInput(files)));
          // The same choice again is a change too.
          input.value = '';
        }}
      />
    </>
  );
}
