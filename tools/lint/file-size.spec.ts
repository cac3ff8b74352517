import { RuleTester } from 'eslint';
import { parser } from 'typescript-eslint';
import { minLines } from './file-size.mjs';

const tester = new RuleTester({ languageOptions: { parser } });

tester.run('a file of production code is not shorter than it may be', minLines, {
  valid: [
    { name: 'long enough', code: `export const a = 1;\n${'//\n'.repeat(2)}`, options: [3] },
    { name: 'a barrel', code: `export * from './a.ts';\nexport { b, type C } from './b.ts';`, options: [3] },
    {
      name: 'only types',
      code: `import type { A } from './a.ts';\nexport type B = A;`,
      options: [3],
    },
  ],
  invalid: [
    { name: 'too short', code: `export const a = 1;\n`, options: [3], errors: [{ messageId: 'short' }] },
    { name: 'nothing at all', code: ``, options: [3], errors: [{ messageId: 'short' }] },
    {
      name: 'a barrel with code of its own',
      code: `export * from './a.ts';\nexport const b = 1;`,
      options: [3],
      errors: [{ messageId: 'short' }],
    },
    {
      name: 'types beside a value',
      code: `import type { A } from './a.ts';\nexport const b: A = 1;`,
      options: [3],
      errors: [{ messageId: 'short' }],
    },
  ],
});
