// Writes what ICU says, for comparison with our own tables:
//
//	node generator/lang/testdata/icu.mjs            golden files in testdata/icu
//	node generator/lang/testdata/icu.mjs --months   data/und/umm-al-qura.txt
//
// Made with Node 20, ICU 78.2 (CLDR 48). The golden files are compared by
// icu_test.go; node itself is not needed to run the tests.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const day = 86400000;
const origin = `# origin: computed with ICU ${process.versions.icu}, CLDR ${process.versions.cldr}; licence: Unicode-3.0; written by testdata/icu.mjs, not by hand`;
const iso = (t) => new Date(t).toISOString().slice(0, 10);

if (process.argv.includes('--months')) months();
else goldens();

function months() {
  const f = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura', { timeZone: 'UTC', year: 'numeric', month: 'numeric', day: 'numeric' });
  const ymd = (t) => {
    const p = Object.fromEntries(f.formatToParts(t).map((x) => [x.type, parseInt(x.value)]));
    return [p.year, p.month, p.day];
  };
  let t = Date.UTC(1882, 10, 1);
  while (!(ymd(t)[0] === 1300 && ymd(t)[1] === 1 && ymd(t)[2] === 1)) t += day;
  const lines = [origin + '; year, its first day, 1 for each month of 30 days and 0 for 29'];
  for (let y = 1300; y <= 1600; y++) {
    const first = iso(t);
    let bits = '';
    for (let m = 1; m <= 12; m++) {
      const long = ymd(t + 29 * day)[2] === 30;
      bits += long ? '1' : '0';
      t += (long ? 30 : 29) * day;
      const [yy, mm, dd] = ymd(t);
      if (dd !== 1 || mm !== (m % 12) + 1) throw new Error(`${y}-${m}: ${yy}-${mm}-${dd}`);
    }
    lines.push(`${y}\t${first}\t${bits}`);
  }
  writeFileSync(join(here, '../data/und/umm-al-qura.txt'), lines.join('\n') + '\n');
}

function goldens() {
  const save = (name, note, lines) => writeFileSync(join(here, 'icu', name), [origin + note, ...lines].join('\n') + '\n');
  const locales = 'ar ar-AE ar-DZ ar-EG ar-IQ ar-JO ar-LB ar-LY ar-MA ar-PS ar-SA ar-SD ar-SY ar-TN az bn ckb de el en en-GB es fa fa-AF fr he hi id it ja ko ku nl pl ps pt ru sd sv sw syr tr ug uk ur ur-IN yi zh-Hans zh-Hant'.split(' ');
  const dates = [];
  const styles = { long: { dateStyle: 'long' }, full: { dateStyle: 'full' }, medium: { year: 'numeric', month: 'short', day: 'numeric' }, month: { year: 'numeric', month: 'long' }, year: { year: 'numeric' } };
  for (const l of locales)
    for (const [name, o] of Object.entries(styles)) {
      const f = new Intl.DateTimeFormat(l + '-u-ca-gregory', { timeZone: 'UTC', ...o });
      for (let m = 0; m < 12; m += name === 'year' ? 12 : 1) {
        const t = Date.UTC(2019 + (m % 6), m, 1 + m * 2);
        dates.push([l, name, iso(t), f.format(t)].join('\t'));
      }
    }
  save('dates.txt', '; locale, style, day, text', dates);

  const plain = [];
  for (const l of locales) {
    const n = new Intl.NumberFormat(l);
    for (const v of [0, 7, 1234, 12345, 1234567890]) plain.push([l, 'integer', v, n.format(v)].join('\t'));
    for (const v of [-1, -45678]) plain.push([l, 'integer', v, n.format(v)].join('\t'));
    const decimal = new Intl.NumberFormat(l, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    for (const v of [0.5, -3.3, 1234.56, 9999.95]) plain.push([l, 'decimal', v, decimal.format(v)].join('\t'));
    const percent = new Intl.NumberFormat(l, { style: 'percent' });
    for (const v of [0.25, -0.05, 12.5]) plain.push([l, 'percent', v, percent.format(v)].join('\t'));
    for (const h of ['00:05', '09:30', '12:00', '23:59'])
      plain.push([l, 'time', h, new Intl.DateTimeFormat(l, { timeZone: 'UTC', timeStyle: 'short' }).format(Date.parse(`2020-01-01T${h}Z`))].join('\t'));
    const list = new Intl.ListFormat(l, { type: 'conjunction' });
    plain.push([l, 'week', '', new Intl.Locale(l).weekInfo.firstDay % 7].join('\t'));
    for (let i = 1; i <= 4; i++) plain.push([l, 'list', i, list.format(['A', 'B', 'C', 'D'].slice(0, i))].join('\t'));
  }
  save('plain.txt', '; locale, kind, input, text', plain);

  const relative = [];
  for (const l of locales) {
    const f = new Intl.RelativeTimeFormat(l, { numeric: 'auto' });
    for (const u of ['minute', 'hour', 'day', 'week', 'month', 'year'])
      for (const n of [-11, -5, -3, -2, -1, 0, 1, 2, 3, 11, 100]) relative.push([l, u, n, f.format(n, u)].join('\t'));
  }
  save('relative.txt', '; locale, unit, number, text', relative);

  const plurals = [];
  for (const l of locales) {
    const p = new Intl.PluralRules(l);
    const got = [];
    for (let i = 0; i <= 200; i++) got.push(p.select(i));
    const runs = [];
    got.forEach((g, i) => (runs.length && runs.at(-1)[1] === g ? 0 : runs.push([i, g])));
    plurals.push([l, 'upto200', runs.map((r) => r.join(':')).join(' ')].join('\t'));
    plurals.push([l, 'big', [1000, 1001, 1000000, 2000000, 1000001].map((i) => i + ':' + p.select(i)).join(' ')].join('\t'));
  }
  save('plurals.txt', '; locale, kind, number:form from there on (upto200) or at it (big)', plurals);

  // Every 37th day passes through all months and month ends; the first days
  // of months and years are where calendars differ, so those are whole.
  const second = [];
  for (const l of ['fa-u-ca-persian', 'fa-AF-u-ca-persian', 'ar-u-ca-islamic-umalqura', 'ar-SA-u-ca-islamic-umalqura', 'he-u-ca-hebrew']) {
    const f = new Intl.DateTimeFormat(l, { timeZone: 'UTC', dateStyle: 'long' });
    const step = l.startsWith('fa-AF') || l.startsWith('ar-SA') ? 397 : 97;
    for (let t = Date.UTC(1900, 0, 1); t < Date.UTC(2101, 0, 1); t += step * day) second.push([l.split('-u-')[0], iso(t), f.format(t)].join('\t'));
  }
  save('calendar2.txt', '; locale, day, text', second);

  // The order of territory names, as codes; Arabic ones without the article, with madda as plain alef.
  const order = [];
  for (const l of 'ar fa ur he ps sd en fr es de ru tr az hi bn ko sv pl el pt sw'.split(' ')) {
    const rows = readFileSync(join(here, '../data', l, 'territories.txt'), 'utf8').trim().split('\n').slice(1).map((x) => x.split('\t'));
    const c = new Intl.Collator(l);
    const plain = (s) => s.replace(/\\u[0-9a-f]{4}|[\u064B-\u065F\u0670\u0640]/g, '').replace(l === 'ar' ? /^ال/ : /^$/, '').replace(/^آ/, l === 'ar' ? 'ا' : 'آ');
    rows.sort((a, b) => c.compare(plain(a[1]), plain(b[1])) || (a[0] < b[0] ? -1 : 1));
    order.push(l + '\t' + rows.map((r) => r[0]).join(' '));
  }
  save('order.txt', '; locale, territories in the order of their names', order);

  // All days of two centuries as one checksum a year.
  const sums = [];
  for (const ca of ['persian', 'islamic-umalqura', 'hebrew']) {
    const f = new Intl.DateTimeFormat('en-u-ca-' + ca, { timeZone: 'UTC', year: 'numeric', month: 'numeric', day: 'numeric' });
    for (let y = 1900; y <= 2100; y++) {
      let sum = 0;
      for (let t = Date.UTC(y, 0, 1); t < Date.UTC(y + 1, 0, 1); t += day) {
        const p = f.formatToParts(t);
        const v = (k) => parseInt(p.find((x) => x.type === k || (k === 'year' && x.type === 'relatedYear')).value) || 0;
        sum = (sum * 31 + v('year') * 400 + (ca === 'hebrew' ? 0 : v('month') * 32) + v('day')) % 4294967291;
      }
      sums.push([ca, y, sum].join('\t'));
    }
  }
  save('days.txt', '; calendar, Gregorian year, rolling sum over its days of year*400 + month*32 (not Hebrew) + day', sums);
}
