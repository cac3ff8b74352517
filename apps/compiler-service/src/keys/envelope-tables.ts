import type { Binding } from '@ushadow/secrets';

/** A table whose rows hold one envelope each, and what binds an envelope to its row. */
export interface EnvelopeTable {
  /** For people: `settings`. */
  readonly name: string;
  readonly table: string;
  /** Primary key; orders the rows. */
  readonly idColumn: string;
  readonly idType: 'text' | 'uuid';
  readonly purpose: string;
}

export const settingsTable: EnvelopeTable = {
  name: 'settings',
  table: 'settings',
  idColumn: 'id',
  idType: 'text',
  purpose: 'setting',
};

export const savedVariablesTable: EnvelopeTable = {
  name: 'saved variables',
  table: 'saved_variables',
  idColumn: 'id',
  idType: 'uuid',
  purpose: 'saved-variable',
};

export const uploadFilesTable: EnvelopeTable = {
  name: 'uploaded files',
  table: 'upload_files',
  idColumn: 'id',
  idType: 'uuid',
  purpose: 'upload-file',
};

export const installationKeysTable: EnvelopeTable = {
  name: 'installation keys',
  table: 'installation_keys',
  idColumn: 'name',
  idType: 'text',
  purpose: 'installation-key',
};

/** Everything that this service keeps under its key ring. */
export const envelopeTables: readonly EnvelopeTable[] = [
  settingsTable,
  savedVariablesTable,
  uploadFilesTable,
  installationKeysTable,
];

export function bindingOf({ purpose }: EnvelopeTable, recordId: string): Binding {
  return { recordId, purpose };
}
