// node visit.mjs BASE TITLE: a visitor of the catalog's own page. Where there are rights, the title is offered and
// plays; in a country without rights it is not, and the page says why. Exit codes: 0 so it was, 1 a fault (named),
// 77 cannot run here (named).
import { withPage } from './browser.mjs';

const [base, title] = process.argv.slice(2);
const patience = { timeout: 60_000 };
const faults = [];
const expect = (holds, what) => {
  if (!holds) faults.push(what);
};

const names = (page, list) => page.$$eval(`#${list} li:not(.empty)`, (entries) => entries.map((entry) => entry.innerText.trim()));
const answered = (page, country) =>
  page.waitForResponse((answer) => answer.url().includes('/v1/availability?') && answer.url().includes(`country=${country}`), patience);

/// Waits until the video has moved on by itself.
async function plays(page) {
  const handle = await page.waitForFunction(() => {
    const video = document.getElementById('video');
    return video.currentTime > 1 && video.videoWidth > 0 && { time: video.currentTime, width: video.videoWidth };
  }, null, patience);
  return handle.jsonValue();
}

async function choose(page, country) {
  const answer = answered(page, country);
  await page.selectOption('#country', country);
  await answer;
  await page.waitForFunction(() => document.querySelectorAll('#yes li, #no li').length > 0, null, patience);
}

await withPage(async (page) => {
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  const foreign = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith('blob:')) foreign.push(request.url());
  });

  await page.goto(`${base}/?country=DE&site=web&offer=svod_base&title=${encodeURIComponent(title)}`);
  // It is named in the address and may be watched, so it begins by itself.
  const seen = await plays(page);
  const name = (await page.textContent('#playing')).trim();
  expect(name.length > 0, 'the title that plays has no name');
  expect((await names(page, 'yes')).includes(name), `${name} is not among what may be watched in DE`);
  expect((await page.textContent('#fault')) === '', `it says: ${await page.textContent('#fault')}`);

  const countries = await page.$$eval('#country option', (options) => options.map((option) => option.value));
  const denied = ['JP', 'US', 'FR', 'NL'].find((country) => countries.includes(country));
  expect(denied, `no country without rights among ${countries.length}`);
  await choose(page, denied);
  await page.waitForFunction((wanted) => [...document.querySelectorAll('#no li')].some((entry) => entry.innerText.includes(wanted)), name, patience);
  expect(!(await names(page, 'yes')).includes(name), `${name} is offered in ${denied}`);
  const refused = (await names(page, 'no')).find((entry) => entry.includes(name)) ?? '';
  expect(refused.includes('There are no rights for this country.'), `in ${denied} it says "${refused}"`);

  await choose(page, 'DE');
  await page.waitForSelector('#yes button', patience);
  await page.evaluate(() => {
    document.getElementById('video').pause();
    document.getElementById('video').currentTime = 0;
  });
  await page.click(`#yes button:has-text(${JSON.stringify(name)})`);
  await plays(page);
  expect(foreign.length === 0, `it asked elsewhere: ${foreign[0]}`);
  console.log(JSON.stringify({ name, width: seen.width, denied, refused: refused.replace(/\s+/g, ' '), faults }));
}).catch((error) => faults.push(error.message));
for (const fault of faults) console.log(`FAULT: ${fault}`);
process.exit(faults.length ? 1 : 0);
