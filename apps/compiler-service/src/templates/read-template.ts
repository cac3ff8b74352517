import type { Diagnostic } from '@ushadow/compose';
import { uploadLimits } from '@ushadow/contracts';
import type { TemplateInput } from '@ushadow/templates';
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { inside, type FoundTemplate } from './find-templates.ts';

/** A template's files, or why they cannot be had. */
export type ReadTemplate = { readonly input: TemplateInput } | { readonly problem: Diagnostic };

/** With the bounds of an upload: only plain files inside the folder, of no more bytes than one may have. */
export async function readTemplate({ name, root, files }: FoundTemplate): Promise<ReadTemplate> {
  const texts: Record<string, string> = {};
  for (const [file, path] of Object.entries(files)) {
    const read = await readText(root, path);
    if ('problem' in read) return { problem: unreadable(file, read.problem) };
    texts[file] = read.text;
  }
  return { input: { name, files: texts } };
}

type ReadText = { readonly text: string } | { readonly problem: string };

async function readText(root: string, path: string): Promise<ReadText> {
  try {
    const real = await realpath(path);
    if (!inside(root, real)) return { problem: 'is a link that leads out of the folder of templates' };
    // Whatever has taken its place since is neither followed nor waited for.
    const file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stat = await file.stat();
      if (!stat.isFile()) return { problem: 'is no plain file' };
      const limit = uploadLimits.fileBytes;
      const buffer = Buffer.alloc(Math.min(stat.size, limit) + 1);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      if (stat.size > limit || bytesRead > limit) return { problem: `has more than ${String(limit)} bytes` };
      return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(buffer.subarray(0, bytesRead)) };
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return { problem: `cannot be read (${code})` };
  }
}

function unreadable(file: string, problem: string): Diagnostic {
  return {
    code: 'TEMPLATE_UNREADABLE',
    severity: 'error',
    message: `${file} ${problem}.`,
    remedy: 'Put a plain text file in its place; it is seen by itself.',
    path: '',
    position: { file, line: 1, column: 1 },
  };
}
