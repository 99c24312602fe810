// Takes the pictures of the README: of the cards, the overlay, the desk and the figures; what each shows is made in the modules beside it.

import { start } from './server.mjs';
import { desktops, fiveLines, phones } from './take-pictures/cards.mjs';
import { desks, profile, run, team } from './take-pictures/desks.mjs';
import { Evening } from './take-pictures/evening.mjs';
import { overlay } from './take-pictures/overlay.mjs';
import { Stage, furnish } from './take-pictures/stage.mjs';

const [, , folder] = process.argv;
const stage = await Stage.in(folder);
const server = await start();
// It takes its minutes, in which the others are taken.
const evening = await Evening.begin(stage);
try {
  await fiveLines(stage);
  const opened = await furnish(server);
  await desktops(stage, server);
  await overlay(stage, server);
  await desks(stage, server);
  await phones(stage, server, opened);
  for (const part of [run, team, profile]) await part(stage);
  await evening.show();
} finally {
  await stage.browser.close();
  await evening.end();
  await server.stop();
}
