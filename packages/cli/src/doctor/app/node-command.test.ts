import { expect, test } from 'vitest';
import {
  nodeCommandsOf,
  parseNodeArguments,
  parseNodeOptions,
  shellWords,
} from './node-command.ts';

const ours = { flag: 'import', specifier: '@bellwether/sdk/register' };

test.each([
  ['node --import @bellwether/sdk/register app.js', 'app.js'],
  ['node --import=@bellwether/sdk/register --env-file .env app.js --import other', 'app.js'],
  ["NODE_OPTIONS='--import @bellwether/sdk/register' node app.js", 'app.js'],
  [
    'npm run build && cross-env NODE_OPTIONS="--import @bellwether/sdk/register" node "my app.js"',
    'my app.js',
  ],
  ['tsx watch --import @bellwether/sdk/register src/app.ts', 'src/app.ts'],
  ['npm run serve', 'server.js'],
])('%s', (script, file) => {
  const scripts = { build: 'tsc', serve: 'node --import @bellwether/sdk/register server.js' };
  expect(nodeCommandsOf(script, scripts).at(-1)).toEqual({ preloads: [ours], script: file });
});

test('a script that calls itself ends', () => {
  expect(nodeCommandsOf('npm run start', { start: 'npm run start' })).toEqual([]);
});

test('what runs no Node.js', () => {
  expect(nodeCommandsOf('next start', {})).toEqual([]);
  expect(parseNodeOptions(undefined)).toEqual([]);
});

test('every way to load something first, in order', () => {
  expect(
    parseNodeArguments(['-r', 'a', '--loader=b', '--import', 'c', '--inspect']).preloads,
  ).toEqual([
    { flag: 'require', specifier: 'a' },
    { flag: 'loader', specifier: 'b' },
    { flag: 'import', specifier: 'c' },
  ]);
});

test('quotes and backslashes', () => {
  expect(shellWords(`a "b c" 'd e' f\\ g h"i"`)).toEqual(['a', 'b c', 'd e', 'f g', 'hi']);
});
