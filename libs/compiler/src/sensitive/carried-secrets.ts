/** Whether a secret value is long and odd enough to be recognised inside other values. */
export function isRecognisable(value: string): boolean {
  return value.length >= 6 && /\d|[^\w]|[a-z][A-Z]/.test(value) && !/^[a-z]+:\/\/[^@]*$/.test(value);
}
