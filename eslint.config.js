import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Calls that would run text as code, or hand a person's text to the backtracking engine. */
const NO_TEXT_AS_CODE = [
  { selector: 'NewExpression[callee.name="RegExp"]', message: 'write a literal, or compile with RE2' },
  { selector: 'CallExpression[callee.name="RegExp"]', message: 'write a literal, or compile with RE2' },
];

/** What would make the same input decide differently on another machine or day. */
const NO_OUTER_WORLD = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'time is an input' },
  { selector: 'MemberExpression[object.name="Date"][property.name="now"]', message: 'time is an input' },
  {
    selector: 'MemberExpression[object.name="Math"][property.name="random"]',
    message: 'randomness comes from the seed',
  },
];

/** Tests that do not run, run alone, or wait for time instead of for a state. */
const NO_IDLE_TESTS = [
  {
    selector: 'MemberExpression[object.name=/^(test|it|describe)$/][property.name=/^(skip|only|todo|fixme|fails)$/]',
    message: 'every test runs and can fail',
  },
  { selector: 'MemberExpression[property.name="waitForTimeout"]', message: 'wait for a state, not for time' },
];

const SHIPPED = ['src/**/*.{ts,svelte}', 'workers/**/*.ts'];

export default tseslint.config(
  { ignores: ['dist/', 'test-results/', 'playwright-report/', 'public/'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.worker },
      parserOptions: {
        projectService: { allowDefaultProject: ['vite.config.ts'], defaultProject: 'tests/tsconfig.json' },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-script-url': 'error',
      'no-restricted-syntax': ['error', ...NO_TEXT_AS_CODE],
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // why: numbers in messages are what this page is about
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // why: an interface may promise what one implementation answers at once
      '@typescript-eslint/require-await': 'off',
      // why: an enum of a library is told apart by its numbers
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
    },
  },
  {
    files: SHIPPED,
    rules: {
      'no-console': 'error',
      'no-restricted-imports': ['error', { paths: [{ name: 'zod', message: "import * as z from 'zod/mini'" }] }],
    },
  },
  {
    files: ['src/core/**/*.ts'],
    languageOptions: { globals: {} },
    rules: {
      // why: indices of typed arrays in the inner loops are bounded by construction
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': ['error', ...NO_TEXT_AS_CODE, ...NO_OUTER_WORLD],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // why: built-in sets and addresses here are values, replaced whole and never changed once shown
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/no-at-html-tags': 'error',
      'svelte/no-target-blank': 'error',
      'svelte/button-has-type': 'error',
      'svelte/require-each-key': 'error',
      // why: `let { … } = $props()` mixes bindable and constant props
      'prefer-const': 'off',
      // why: what a rune changes between two lines is unknown to the flow analysis
      '@typescript-eslint/no-unnecessary-condition': 'off',
      'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$derived'] }],
    },
  },
  {
    files: ['tests/**/*.ts'],
    languageOptions: { globals: globals.node },
    rules: {
      'no-restricted-syntax': ['error', ...NO_IDLE_TESTS],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: globals.node },
  },
);
