// The release folder as files: what its own lists say is true, and a server-side build can import it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test } from 'node:test';

const folder = process.env.LIVEROOM_RELEASE;
const read = (name) => readFile(join(folder, name));
const json = async (name) => JSON.parse(await read(name));

test('every_file_has_the_hash_and_the_size_that_are_listed', async () => {
  const listed = Object.entries(await json('hashes.json'));
  assert.ok(listed.length >= 12, `only ${listed.length} files are listed`);
  for (const [name, { bytes, integrity }] of listed) {
    const content = await read(name);
    assert.equal(content.length, bytes, name);
    assert.equal(`sha384-${createHash('sha384').update(content).digest('base64')}`, integrity, name);
  }
});

test('the_package_names_only_files_that_are_there', async () => {
  const { exports, types, customElements, sideEffects } = await json('package.json');
  const targets = Object.entries(exports)
    .filter(([name]) => !name.includes('*'))
    .flatMap(([, target]) => (typeof target === 'string' ? [target] : Object.values(target)));
  for (const name of [...targets, types, customElements, ...sideEffects]) {
    assert.ok((await stat(join(folder, name))).isFile(), name);
  }
});

test('whatever_the_readme_links_to_is_there', async () => {
  const readme = `${await read('README.md')}`;
  const names = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)\)/g)].map(([, name]) => name);
  assert.ok(names.length > 20, `only ${names.length} links`);
  for (const name of names) assert.ok((await stat(join(folder, name))).isFile(), name);
});

test('the_types_are_the_first_condition_so_that_they_are_found', async () => {
  assert.equal(Object.keys((await json('package.json')).exports['.'])[0], 'types');
});

// What a script defines: it is imported as in a page that has a registry and nothing else.
async function tagsOf(script) {
  const defined = [];
  globalThis.HTMLElement = class {};
  globalThis.customElements = { get: () => undefined, define: (tag) => defined.push(tag) };
  await import(`${pathToFileURL(join(folder, script))}?tags`);
  delete globalThis.HTMLElement;
  delete globalThis.customElements;
  return defined.sort();
}

test('each_element_that_a_script_defines_is_in_the_manifest_under_that_script_and_no_other', async () => {
  const { modules } = await json('custom-elements.json');
  assert.deepEqual(modules.map(({ path }) => path), ['liveroom.js', 'studio.js']);
  for (const { path, declarations, exports } of modules) {
    const tags = await tagsOf(path);
    assert.ok(tags.length > 0, path);
    assert.deepEqual(declarations.map(({ tagName }) => tagName).sort(), tags, path);
    const defined = exports.filter(({ kind }) => kind === 'custom-element-definition');
    assert.deepEqual(defined.map(({ name }) => name).sort(), tags, path);
    for (const { name, declaration } of defined) {
      assert.equal(declarations.find(({ tagName }) => tagName === name).name, declaration.name, name);
    }
  }
});

test('each_element_has_the_type_that_the_manifest_names', async () => {
  const types = (await read('liveroom.d.ts')).toString();
  const [, map] = /interface HTMLElementTagNameMap {([^}]*)}/.exec(types);
  const typed = Object.fromEntries([...map.matchAll(/'([^']+)': (\w+);/g)].map(([, tag, type]) => [tag, type]));
  const { modules } = await json('custom-elements.json');
  const named = modules.flatMap(({ declarations }) => declarations.map(({ tagName, name }) => [tagName, name]));
  assert.deepEqual(typed, Object.fromEntries(named));
  for (const type of Object.values(typed)) assert.match(types, new RegExp(`export (declare class|interface) ${type} `));
});

test('each_field_of_the_manifest_is_typed_and_each_that_the_script_reflects_is_in_it', async () => {
  const types = (await read('liveroom.d.ts')).toString();
  const { modules } = await json('custom-elements.json');
  const script = (await read('liveroom.js')).toString();
  const reflected = [...script.matchAll(/\["room","server"[^\]]*\]|\["activity","report"\]/g)].map(([list]) => JSON.parse(list));
  assert.equal(reflected.length, 2);
  const [room, widget] = reflected;
  for (const { name, members = [] } of modules.flatMap(({ declarations }) => declarations)) {
    const fields = members.filter(({ kind }) => kind === 'field').map((field) => field.name);
    const known = name === 'LiveRoom' ? room : name === 'LiveStudio' ? [] : widget;
    for (const field of known) assert.ok(fields.includes(field), `${name}.${field} is not in the manifest`);
    for (const field of fields) assert.match(types, new RegExp(`^  (readonly |get )?${field}(\\(\\))?: `, 'm'), `${name}.${field} has no type`);
  }
});

test('the_schema_describes_what_crosses_a_wire', async () => {
  const { $defs } = await json('schema.json');
  for (const name of ['ToRoom', 'FromRoom', 'Claims']) assert.ok(name in $defs, name);
});

test('the_http_of_the_room_server_is_described', async () => {
  const { openapi, paths } = await json('openapi.json');
  assert.equal(openapi, '3.1.0');
  assert.ok('/v1/rooms/{room}/commands' in paths);
});

test('the_script_can_be_imported_where_there_is_no_page', async () => {
  await import(pathToFileURL(join(folder, 'liveroom.js')));
});

test('the_scripts_say_the_version_of_the_package', async () => {
  const { version } = await json('package.json');
  assert.ok((await read('liveroom.js')).includes(version));
});
