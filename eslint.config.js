import js from '@eslint/js';
import globals from 'globals';

export default [
  { ignores: ['dist/', 'target/', 'node_modules/'] },
  js.configs.recommended,
  {
    rules: {
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['js/**/*.js', 'demo/**/*.js', 'models/**/*.js'],
    languageOptions: { globals: { ...globals.browser, FALTER_VERSION: 'readonly' } },
  },
  {
    files: ['tests/**/*.{js,mjs}', 'benches/**/*.{js,mjs}'],
    // what browser tests hand to page.evaluate runs in the page
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  {
    files: ['xtask/**/*.mjs', '*.js'],
    languageOptions: { globals: globals.nodeBuiltin },
  },
  {
    // a part of it runs in the page
    files: ['xtask/fetched.mjs'],
    languageOptions: { globals: globals.browser },
  },
];
