'use client';

import { useRef, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Field } from '../../../ui/field.tsx';
import styles from './kubeconfig-field.module.css';

const EXPORT_COMMAND = 'kubectl config view --minify --flatten --raw';

interface KubeconfigFieldProps {
  readonly value: string;
  /** Why the text cannot be read. */
  readonly problem: string | null;
  readonly onChange: (text: string) => void;
}

/** A kubeconfig, pasted or from a file. */
export function KubeconfigField({ value, problem, onChange }: KubeconfigFieldProps) {
  const [fileProblem, setFileProblem] = useState<string | null>(null);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    try {
      onChange(await readKubeconfigFile(file));
      setFileProblem(null);
    } catch (error) {
      setFileProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const shown = fileProblem ?? problem;
  return (
    <div className={styles['field']}>
      <Field label="Kubeconfig" error={shown?.split('\n')[0]}>
        {(control) => (
          <textarea
            {...control}
            value={value}
            rows={7}
            wrap="off"
            placeholder={'apiVersion: v1\nkind: Config\nclusters: …'}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            data-testid="kubeconfig-input"
            onChange={(event) => {
              setFileProblem(null);
              onChange(event.target.value);
            }}
            onDragOver={(event) => {
              event.preventDefault();
            }}
            onDrop={(event) => {
              if (event.dataTransfer.files.length === 0) return;
              event.preventDefault();
              void take(event.dataTransfer.files[0]);
            }}
          />
        )}
      </Field>
      <div className={styles['sources']}>
        <FileButton onFile={take} />
        <p>
          Or paste what this prints:
          <br />
          <code>{EXPORT_COMMAND}</code>
        </p>
        <CopyButton text={EXPORT_COMMAND} what="command" />
      </div>
    </div>
  );
}

function FileButton({ onFile }: { readonly onFile: (file: File | undefined) => Promise<void> }) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button small icon="upload" onClick={() => picker.current?.click()}>
        Upload file
      </Button>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label="Kubeconfig file"
        accept=".yaml,.yml,.config,.conf,.json,text/plain"
        data-testid="kubeconfig-file"
        onChange={(event) => {
          const input = event.currentTarget;
          void onFile(input.files?.[0]).finally(() => {
            input.value = '';
          });
        }}
      />
    </>
  );
}

const SIZE_MAX = 1_000_000;

/** The text of an uploaded kubeconfig. Throws an `Error` in words for the form: too large, or not UTF-8. */
async function readKubeconfigFile(file: File): Promise<string> {
  if (file.size > SIZE_MAX) throw new Error(`${file.name} is larger than 1 MB, which no kubeconfig needs.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error(`${file.name} is not UTF-8 text. Save it as UTF-8 and choose it again.`);
  }
}
