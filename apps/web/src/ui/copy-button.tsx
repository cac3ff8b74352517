'use client';

import { useState } from 'react';
import { Button, IconButton } from './button.tsx';

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for example `deployment id`. */
  readonly what: string;
  /** With a label on it, not only an icon. */
  readonly labelled?: boolean;
}

export function CopyButton({ text, what, labelled = false }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true);
      },
      () => {
        setCopied(false);
      },
    );
  };
  return (
    <>
      {labelled ? (
        <Button small icon={copied ? 'check' : 'copy'} onClick={copy}>
          {copied ? 'Copied' : 'Copy'}
          <span className="visually-hidden"> {what}</span>
        </Button>
      ) : (
        <IconButton
          icon={copied ? 'check' : 'copy'}
          label={copied ? `Copied ${what}` : `Copy ${what}`}
          onClick={copy}
        />
      )}
      <span className="visually-hidden" role="status">
        {copied ? `Copied ${what}` : ''}
      </span>
    </>
  );
}
