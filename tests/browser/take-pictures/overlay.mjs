// The overlay in a picture: its cards and its code over a drawn kitchen.

import { DEAL } from './stage.mjs';

/* Flat shapes, so that the file stays small. */
const lamp = (x, y, r) => `<circle cx="${x}" cy="${y}" r="${r * 2}" fill="#3b2c24"/><circle cx="${x}" cy="${y}" r="${r}" fill="#8a5f37"/><circle cx="${x}" cy="${y}" r="${r / 2}" fill="#e8b365"/>`;
const KITCHEN = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 720" preserveAspectRatio="xMidYMid slice">
<path fill="#1d1a1f" d="M0 0h1280v720H0z"/>
<g transform="translate(-300 -20)"><path fill="#27303d" d="M770 70h390v300H770z"/><path fill="#35506b" d="M782 82h366v276H782z"/><path fill="#e08a5a" d="M782 236h366v54H782z"/><path fill="#22384d" d="M782 282h366v76H782z"/>
<path fill="#162430" d="M840 292l18-70h4v62l44 8zM1010 296l14-104h5v96l60 8z"/><path fill="#27303d" d="M960 70h10v300h-10z"/></g>
<path fill="#2a242a" d="M0 150h420v14H0zM0 290h360v14H0z"/><path fill="#4c3a34" d="M40 92h46v58H40zM104 76h34v74h-34zM160 104h60v46h-60zM250 84h38v66h-38zM310 100h56v50h-56zM60 236h70v54H60zM156 222h40v68h-40zM226 246h86v44h-86z"/>
${lamp(420, 84, 26)}${lamp(900, 70, 24)}${lamp(1190, 110, 30)}
<g transform="translate(330 40)"><path fill="#6d4a3c" d="M548 470c0-110 48-166 132-166s132 56 132 166v120H548z"/><path fill="#d8cfc4" d="M600 400h160v190H600z"/><path fill="#d8cfc4" d="M632 318h14l-6 90h-14zM714 318h14l6 90h-14z"/>
<path fill="#c98f6b" d="M650 276h60v44c-16 18-44 18-60 0z"/><path fill="#d9a07a" d="M622 200c0-44 26-72 58-72s58 28 58 72-24 92-58 92-58-48-58-92z"/><path fill="#2b1d18" d="M616 206c-6-60 24-96 66-96s72 34 62 98c-8-34-20-48-34-54-30 12-66 8-80 6-8 12-12 24-14 46z"/></g>
<path fill="#3a2a22" d="M0 560h1280v160H0z"/><path fill="#523a2d" d="M0 552h1280v22H0z"/>
<path fill="#111214" d="M468 526h190l-18 34H486zM652 530h120l6 10H652z"/><path fill="#e9705c" d="M900 486c0-20 22-32 52-32s52 12 52 32v70H900z"/><path fill="#f7b5a3" d="M912 486c0-12 16-20 40-20v12c-18 0-28 6-28 18z"/><path fill="#e9705c" d="M1002 500l40-26 8 8-44 50zM936 446h32v10h-32z"/>
</svg>`;

export async function overlay(stage, server) {
  const page = await stage.visit('about:blank', 'dark', { viewport: { width: 1280, height: 720 } });
  await page.route('**/kitchen.svg', (route) => route.fulfill({ contentType: 'image/svg+xml', body: KITCHEN }));
  await page.goto(`${server.address}/overlay?widgets=poll,deal&join=https://live.example&theme=dark&size=small`);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(':root { background: url("/kitchen.svg") center / cover }');
    document.adoptedStyleSheets.push(sheet);
  });
  await page.locator('live-poll [part~=base]').waitFor();
  await page.locator('live-deal [part~=base]').getByText(DEAL.title).waitFor();
  await page.locator('live-room [part=join] svg').waitFor();
  await page.waitForLoadState('networkidle');
  await stage.take(page, 'overlay-dark.png');
  await page.context().close();
}
