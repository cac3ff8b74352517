// @ts-check
/**
 * How long a file of production code is. One of five lines is part of what it serves; one of five hundred is several.
 * A file that only hands on what others have, or only declares types, may be as short as it likes.
 */
const LEAST = 10;
const MOST = 300;

/** Next finds these by their names, whatever their length. */
const ENTRY_FILES = ['page', 'layout', 'route'].map((name) => `apps/web/src/app/**/${name}.tsx`);

/** Data and models, which are read from top to bottom and would only be torn apart. */
const LONG_FILES = ['libs/compose/src/canonical/shapes.ts', 'libs/compose/src/model.ts'];

const GENERATED = ['**/*.generated.ts', 'libs/kubernetes-schema/src/schema/text/*.ts'];

const DECLARES_TYPES = ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration'];

/** @param {import('estree').Program['body'][number]} statement */
function handsOn(statement) {
  return (
    statement.type === 'ExportAllDeclaration' ||
    (statement.type === 'ExportNamedDeclaration' && statement.source != null)
  );
}

/** @param {any} statement With the types of TypeScript's parser. */
function isType(statement) {
  if (statement.type === 'ImportDeclaration') return statement.importKind === 'type';
  if (statement.type === 'ExportNamedDeclaration') return DECLARES_TYPES.includes(statement.declaration?.type);
  return DECLARES_TYPES.includes(statement.type);
}

/** @type {import('eslint').Rule.RuleModule} */
export const minLines = {
  meta: {
    type: 'suggestion',
    messages: { short: 'A file of {{ lines }} lines, fewer than {{ least }}, belongs in what it serves.' },
    schema: [{ type: 'integer', minimum: 1 }],
  },
  create: (context) => ({
    Program({ body }) {
      const least = Number(context.options[0]);
      const lines = context.sourceCode.text.trimEnd().split('\n').length;
      const mayBeShort = body.length > 0 && (body.every(handsOn) || body.every(isType));
      if (lines >= least || mayBeShort) return;
      context.report({
        loc: { line: 1, column: 0 },
        messageId: 'short',
        data: { lines: String(lines), least: String(least) },
      });
    },
  }),
};

/**
 * @param {readonly string[]} tests Files that are no production code.
 * @returns {import('eslint').Linter.Config[]}
 */
export function fileSizes(tests) {
  const files = ['{apps,libs}/*/src/**/*.{ts,tsx}'];
  return [
    {
      files,
      ignores: [...tests, ...ENTRY_FILES, ...GENERATED],
      plugins: { ushadow: { rules: { 'min-lines': minLines } } },
      rules: { 'ushadow/min-lines': ['error', LEAST] },
    },
    { files, ignores: [...tests, ...LONG_FILES, ...GENERATED], rules: { 'max-lines': ['error', MOST] } },
  ];
}
