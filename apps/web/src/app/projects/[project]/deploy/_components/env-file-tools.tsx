import { useRef, useState } from 'react';
import { Button } from '../../../../../ui/button.tsx';
import { Notice } from '../../../../../ui/notice.tsx';
import { ProblemList } from '../../../../../ui/problem-list.tsx';
import type { VariableActions } from '../_hooks/use-form.ts';
import { dotenvText } from '../_variables/dotenv-text.ts';
import { readDotenv, type ReadDotenv } from '../_variables/read-dotenv.ts';
import type { ShownVariable } from '../_variables/shown-variable.ts';
import styles from './env-file-tools.module.css';

interface EnvFileToolsProps {
  readonly project: string;
  readonly shown: readonly ShownVariable[];
  readonly actions: VariableActions;
}

/** An env file fills the fields, and the fields make one. */
export function EnvFileTools({ project, shown, actions }: EnvFileToolsProps) {
  const picker = useRef<HTMLInputElement>(null);
  const [isPasting, setPasting] = useState(false);
  const [text, setText] = useState('');
  const [read, setRead] = useState<ReadDotenv | null>(null);
  const known = new Set(shown.map(({ variable }) => variable.name));
  const fill = async (content: string): Promise<void> => {
    const found = await readDotenv(content);
    for (const [name, value] of found.values) if (known.has(name)) actions.setValue(name, value);
    setRead(found);
    setText('');
    setPasting(false);
  };
  return (
    <div className={styles['tools']}>
      <div className={styles['buttons']}>
        <Button small icon="upload" data-testid="env-file-btn" onClick={() => picker.current?.click()}>
          Fill from a .env file
        </Button>
        <input
          ref={picker}
          type="file"
          hidden
          aria-label="Env file"
          data-testid="env-file-input"
          onChange={(event) => {
            const input = event.currentTarget;
            const [file] = input.files ?? [];
            if (file !== undefined) void file.text().then(fill);
            // The same choice again is a change too.
            input.value = '';
          }}
        />
        <Button
          small
          aria-expanded={isPasting}
          data-testid="env-paste-btn"
          onClick={() => {
            setPasting(!isPasting);
          }}
        >
          Paste one
        </Button>
        <Button
          small
          icon="download"
          data-testid="env-download-btn"
          onClick={() => {
            saveText(`${project}.env`, dotenvText(shown));
          }}
        >
          Download as .env
        </Button>
        <span className={styles['note']}>Secrets are left out of it, unless they are typed here.</span>
      </div>
      {isPasting ? (
        <div className={styles['paste']}>
          <textarea
            aria-label="Text of an env file"
            rows={6}
            value={text}
            spellCheck={false}
            placeholder="NAME=value"
            data-testid="env-text"
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
          <div>
            <Button
              small
              variant="primary"
              disabled={text.trim() === ''}
              data-testid="env-fill-btn"
              onClick={() => void fill(text)}
            >
              Fill the fields
            </Button>
          </div>
        </div>
      ) : null}
      {read === null ? null : <Filled read={read} known={known} />}
    </div>
  );
}

function Filled({
  read: { values, problems },
  known,
}: {
  readonly read: ReadDotenv;
  readonly known: ReadonlySet<string>;
}) {
  const unused = [...values.keys()].filter((name) => !known.has(name));
  const filled = values.size - unused.length;
  return (
    <Notice
      tone={problems.length > 0 ? 'warn' : 'ok'}
      role="status"
      title={filled === 1 ? '1 field is filled' : `${String(filled)} fields are filled`}
      testId="env-filled"
    >
      {unused.length === 0 ? null : <p>Not used by this project: {unused.join(', ')}</p>}
      {problems.length === 0 ? null : <ProblemList problems={problems} />}
    </Notice>
  );
}

/** Hands a text to the browser as a file to keep. */
function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
