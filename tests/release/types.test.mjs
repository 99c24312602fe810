// The types of the release, as a compiler sees them: every golden message is one, what is wrong is none, and a page that uses them compiles.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const folder = resolve(process.env.LIVEROOM_RELEASE);
const wire = new URL('../wire/', import.meta.url);
const compiler = new URL('../node_modules/typescript/bin/tsc', import.meta.url);
const OPTIONS = ['--noEmit', '--strict', '--module', 'esnext', '--moduleResolution', 'bundler', '--target', 'es2022', '--lib', 'es2022,dom'];
const TYPES = { action: 'Action', command: 'Command', from_room: 'FromRoom', to_room: 'ToRoom', claims: 'Claims' };

/* Compiles a module beside which the release lies as `liveroom`; gives the compiler's words, none if it is content. */
async function compile(run, text) {
  const work = await mkdtemp(join(tmpdir(), 'liveroom-types-'));
  run.after(() => rm(work, { recursive: true }));
  const file = join(work, 'page.ts');
  await writeFile(file, text.replaceAll("'liveroom'", `'${folder}/liveroom.js'`));
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler.pathname, ...OPTIONS, file], { encoding: 'utf8', timeout: 60_000 });
  assert.ok(status !== null, stderr);
  return status === 0 ? '' : `${stdout}${stderr}`;
}

test('every_golden_message_is_of_its_type', async (run) => {
  const names = (await readdir(wire)).filter((name) => name.split('.')[0] in TYPES);
  assert.ok(names.length > 50);
  const messages = await Promise.all(names.map(async (name, place) => `export const m${place}: ${TYPES[name.split('.')[0]]} = ${await readFile(new URL(name, wire), 'utf8')};`));
  assert.equal(await compile(run, `import type { ${Object.values(TYPES).join(', ')} } from 'liveroom';\n${messages.join('\n')}`), '');
});

test('a_page_in_which_all_is_typed_compiles', async (run) => {
  const page = `
    import { version, type Command, type PageNews } from 'liveroom';
    const room = document.querySelector('live-room')!;
    const draw: Command = { type: 'lottery.open', title: 'Spring draw', prizes: [{ name: 'A mug' }] };
    const news: PageNews = { type: 'news', news: [{ activity: 'a', card: { widget: 'qna', title: 'Ask', approval: true }, tally: { widget: 'qna', list: [[1, 5]] } }] };
    room.order = async ({ ticket, quantity }, signal) => {
      const answer = await fetch('/cart', { method: 'POST', body: JSON.stringify({ ticket, quantity }), signal });
      return answer.ok ? { ok: true, order: await answer.text() } : { ok: false, reason: 'payment-failed' };
    };
    room.product = (sku) => ({ title: sku, variants: [{ id: 'red', stock: 3 }] });
    room.receive(news);
    room.tokenProvider = async () => (await (await fetch('/token')).text()) || null;
    Object.assign(room, { token: null, consent: 'granted', theme: 'dark', mode: 'page', dock: 'bottom-end' } satisfies Partial<typeof room>);
    room.quiet = true;
    room.dock = room.quiet === null ? null : 'top';
    room.addEventListener('live-act', (event) => {
      const { action, id } = event.detail;
      if (action.type === 'lottery.enter') event.respondWith(fetch('/attest/' + id).then(async (claim) => ({ ok: true, attest: await claim.text() })));
      if (action.type === 'deal.claim') event.respondWith({ ok: false, reason: 'sold-out', message: action.variant });
    });
    export const done: Promise<string | undefined> = room.command(draw).then(async ({ id, refusal, activity }) => {
      const again = refusal?.reason === 'unanswered' ? await room.command(draw, { id }) : { activity };
      return (again.activity ?? '') + version;
    });
    export const usable: Promise<void> | undefined = document.querySelector('live-poll')?.ready;
  `;
  assert.equal(await compile(run, page), '');
});

test('what_is_no_message_does_not_compile', async (run) => {
  const wrong = [
    "{ type: 'lottery.open', title: 'No prizes' }",
    "{ type: 'poll.open', question: 'Which?', options: [7] }",
    "{ type: 'deal.settle', activity: 'a', claim: 'c', settle: { outcome: 'lost' } }",
    "{ type: 'hologram.open' }",
  ];
  for (const command of wrong) {
    const words = await compile(run, `import type { Command } from 'liveroom';\nexport const command: Command = ${command};`);
    assert.match(words, /page\.ts\(2,\d+\): error/, command);
  }
});
