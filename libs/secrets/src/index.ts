export { SecretsError, type SecretsErrorReason } from './crypto-error.ts';
export { KeyRing, parseKeyRing, type KeyEncryptionKey, type ParsedKeyRing } from './key-ring.ts';
export { envelopeKeyId, openEnvelope, rewrapEnvelope, sealEnvelope, type Binding } from './envelope.ts';
export { fernetKey, importFernet, openFernet, type ImportedFernet } from './fernet.ts';
export { generateSealKeys, open, seal, type SealKeys } from './sealed-box.ts';
export { Redactor } from './redactor.ts';
export { RedactingStream } from './redacting-stream.ts';
export { isSecretField } from './secret-field.ts';
export { MASK } from './redaction-patterns.ts';
