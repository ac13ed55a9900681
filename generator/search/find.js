// Finds names as readers write them. What stands before this file is the data that
// the build used for the same: which character meets which, and where words end.

const character = code => String.fromCodePoint(code);
const expand = ({ runs, texts }) => {
	const map = new Map(Object.entries(texts).map(([from, to]) => [character(from), to]));
	for (const [from, to, count, step, other] of runs)
		for (let i = 0; i < count; i++) map.set(character(from + i * step), to < 0 ? "" : character(to + i * other));
	return map;
};
const lightTable = expand(data.light), arabicTable = expand(data.arabic), looseTable = expand(data.loose);
const separators = new Set(data.separators.map(character)), joiners = new Set(data.joiners.map(character));
const quote = c => c === "'" || c === '"';
const hebrew = c => "\u05d0" <= c && c <= "\u05ea";

/** The light key of a text; arabic says that its language is Arabic. */
export function light(text, arabic) {
	let out = "", last = "";
	for (const c of text.normalize("NFC")) {
		const key = (arabic ? arabicTable.get(c) : undefined) ?? lightTable.get(c) ?? c;
		const silent = c === "." ? /\p{L}/u.test(last) : quote(key) && !hebrew(last);
		if (silent || key === "") continue;
		out += key;
		last = [...key].at(-1);
	}
	return out;
}

/** The loose key of a light one. */
export function loose(key) {
	let out = "", last = "";
	for (const c of key) {
		if (!quote(c) || !hebrew(last)) {
			out += looseTable.get(c) ?? c;
			last = c;
		}
	}
	return out;
}

const split = (text, at) => {
	const list = [""];
	for (const c of text) {
		if (at.has(c)) list.push("");
		else list[list.length - 1] += c;
	}
	return list.filter(part => part !== "");
};

const withoutArticle = key => (key.startsWith("\u0627\u0644") && [...key].length >= 4 ? key.slice(2) : key);

// The words of a text: the key of each, and those of its parts.
const words = (text, key) => split(text, separators).map(token => ({
	whole: withoutArticle(key(token)),
	parts: split(token, joiners).map(part => withoutArticle(key(part))),
})).filter(w => w.whole !== "");

// A word is found by its beginning, or by the beginnings of all its parts.
const holds = (known, word) => {
	const begins = key => known.some(w => w.whole.startsWith(key) || w.parts.some(p => p.startsWith(key)));
	return begins(word.whole) || (word.parts.length > 1 && word.parts.every(begins));
};

/**
 * The shards that hold all that a query can find, by its longest word: of those
 * that there are (a set of their names), by its first letter or its first two.
 */
export function shards(query, arabic, there) {
	const longest = words(query, t => loose(light(t, arabic))).sort((a, b) => b.whole.length - a.whole.length)[0];
	if (!longest) return [];
	const names = [longest.whole, ...longest.parts].flatMap(key => {
		const codes = [...key].slice(0, 2).map(c => c.codePointAt(0).toString(16).padStart(4, "0"));
		return [codes[0], codes.join("-")].filter(name => there.has(name)).slice(0, 1);
	});
	return [...new Set(names)];
}

// How well a form of a name meets a query: the less, the better; Infinity if not at all.
const rank = (form, query, arabic) => {
	const lightKey = t => light(t, arabic), looseKey = t => loose(lightKey(t));
	const found = key => {
		const known = words(form, key);
		return words(query, key).every(w => holds(known, w));
	};
	if (!found(looseKey)) return Infinity;
	const whole = withoutArticle(lightKey(form)), typed = withoutArticle(lightKey(query.trim()));
	if (whole === typed) return 0;
	if (whole.startsWith(typed)) return 1;
	return found(lightKey) ? 2 : 3;
};

// A text is a string, or [language, direction, …texts] where it is an isolate.
const plain = text => (Array.isArray(text) ? text.slice(2).map(plain).join("") : text);

/**
 * The entries of shards that a query finds, the best first, else as they stand:
 * {url, name, note, form}. form is how the query finds it, where that is not its
 * name.
 */
export function find(entries, query, arabic) {
	const found = [], seen = new Set();
	for (const [url, name, note, ...forms] of entries) {
		if (seen.has(url)) continue; // it lies in several shards
		seen.add(url);
		let best = rank(plain(name), query, arabic), form;
		for (const f of best === Infinity ? forms : []) {
			const r = rank(plain(f), query, arabic) + 4; // behind all that are called so
			if (r < best) [best, form] = [r, f];
		}
		if (best < Infinity) found.push({ url, name, note, form, best });
	}
	return found.sort((a, b) => a.best - b.best);
}

const most = 30; // names that are shown

// A reader's way to the files below /search/, each fetched once.
function archive(base) {
	const files = new Map();
	const fetchFile = async path => {
		const answer = await fetch(base + "search/" + path);
		if (!answer.ok) throw new Error(answer.statusText);
		return answer.json();
	};
	const file = path => {
		if (!files.has(path)) files.set(path, fetchFile(path).catch(e => { files.delete(path); throw e; }));
		return files.get(path);
	};
	const inLanguage = async (l, query) => {
		const arabic = l.language === "ar" || l.language.startsWith("ar-");
		const names = shards(query, arabic, new Set(l.shards.split(" ")));
		const entries = await Promise.all(names.map(name => file(l.language + "/" + name + ".json")));
		return find(entries.flat(), query, arabic).map(found => ({ ...found, ...l }));
	};
	// What a query finds in a language, or else in all others.
	return async (query, language) => {
		const all = await file("shards.json"), own = all.filter(l => l.language === language);
		const found = (await Promise.all(own.map(l => inLanguage(l, query)))).flat();
		if (found.length) return found;
		return (await Promise.all(all.filter(l => !own.includes(l)).map(l => inLanguage(l, query)))).flat();
	};
}

// A text in an element of its own, so that nothing beside it changes its order; a
// string is in the language of what was found.
function isolate(text, found) {
	const [lang, dir, ...within] = Array.isArray(text) ? text : [found.language, found.direction, text];
	const e = document.createElement("bdi");
	if (lang && lang !== document.documentElement.lang) e.lang = lang;
	e.dir = dir;
	e.append(...within.map(part => (Array.isArray(part) ? isolate(part) : part)));
	return e;
}

// A name as the page's A–Z lists write it: with how it was found, if that is not
// how it is called; with its language, if that is not the page's; with what it is.
// What has no note is told apart by its kind: kinds are elements that say them.
function item(found, base, kinds) {
	const li = document.createElement("li"), a = document.createElement("a");
	a.href = base + found.url.slice(1);
	a.append(isolate(found.name, found));
	li.append(a);
	if (found.form) li.append(" (", isolate(found.form, found), ")");
	if (found.language !== document.documentElement.lang) li.append(" ", note(isolate(found.endonym, found), "tongue"));
	const kind = kinds[found.url.split("/")[2]];
	if (found.note.length) li.append(" ", note(isolate(found.note, found), "what"));
	else if (kind && kind.dataset.kind !== "entities") li.append(" ", note(kind.cloneNode(true), "what"));
	return li;
}

function note(element, name) {
	element.hidden = false;
	element.className = name;
	return element;
}

function wire(form) {
	const input = form.querySelector("input"), list = form.querySelector("ol"), base = form.dataset.base;
	const look = archive(base), language = document.documentElement.lang;
	const kinds = Object.fromEntries([...form.querySelectorAll("[data-kind]")].map(e => [e.dataset.kind, e]));
	const show = async () => {
		const query = input.value.trim();
		let found = [], state = "";
		try {
			if (query) found = await look(query, language);
			if (query && !found.length) state = "none";
		} catch {
			state = "failed";
		}
		if (input.value.trim() !== query) return; // something else was typed meanwhile
		list.replaceChildren(...found.slice(0, most).map(f => item(f, base, kinds)));
		list.hidden = !found.length;
		form.querySelectorAll("[data-state]").forEach(e => (e.hidden = e.dataset.state !== state));
	};
	input.addEventListener("input", show);
	form.addEventListener("submit", event => {
		event.preventDefault();
		show();
	});
	form.hidden = false;
	input.value = new URLSearchParams(location.search).get("q") ?? input.value;
	if (input.value) show();
}

if (globalThis.document) document.querySelectorAll("form.find").forEach(wire);
