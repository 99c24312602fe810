// The commands of the repository, asked wrongly: one sentence that says what to do, and nothing is built.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const root = fileURLToPath(new URL('../../', import.meta.url));

// Runs a command and gives its exit code and all that it said.
const run = (command, ...words) =>
  new Promise((done) => {
    execFile(`${root}${command}`, words, { cwd: root }, (error, stdout, stderr) =>
      done({ code: error?.code ?? 0, stdout, stderr }));
  });

const assertOneSentence = ({ code, stdout, stderr }, expected) => {
  assert.notEqual(code, 0);
  assert.equal(stdout, '');
  assert.match(stderr, expected);
  assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
};

test('a_taken_port_is_said_in_one_sentence_before_anything_is_built', async () => {
  const squatter = createServer();
  await new Promise((listening) => squatter.listen(0, '127.0.0.1', listening));
  const { port } = squatter.address();
  assertOneSentence(await run('demo/run', '--port', String(port)), new RegExp(`port ${port} is taken: .* --port`));
  squatter.close();
});

for (const port of ['0', '65536', '80a', '-1', '999999999999999999999']) {
  test(`no_port_is_called_${port}`, async () => {
    assertOneSentence(await run('demo/run', '--port', port), /is no port: choose a number from 1 to 65535/);
  });
}

test('a_data_folder_that_cannot_be_is_said_in_one_sentence', async () => {
  const inside = fileURLToPath(import.meta.url);
  assertOneSentence(await run('demo/run', '--port', '1', '--data', `${inside}/data`), /choose another folder with --data/);
});

test('an_option_without_its_value_is_said_in_one_sentence', async () => {
  for (const option of ['--port', '--data', '--pack']) {
    assertOneSentence(await run('demo/run', option), new RegExp(`${option} needs a value`));
  }
});

test('what_does_not_exist_is_answered_with_what_does', async () => {
  assertOneSentence(await run('demo/run', '--prot'), /there is no option --prot/);
  assertOneSentence(await run('tests/run', 'nothing'), /the parts are: tidy rust/);
  assertOneSentence(await run('tests/run', 'ballots', 'no-ballots.txt'), /there is no file no-ballots\.txt: name a file of ballots/);
  assertOneSentence(await run('tests/bench', 'nothing'), /the benchmarks are: size, tally/);
});

test('help_names_every_option_of_the_contract', async () => {
  const { code, stdout } = await run('demo/run', '--help');
  assert.equal(code, 0);
  for (const option of ['--port N', '--data DIR', '--pack DIR', '--help']) assert.ok(stdout.includes(option), option);
});
