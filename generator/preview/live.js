// The preview's script: reloads the page when its bytes change, swaps
// stylesheets, and shows problems over it. It is not part of the built site.
(() => {
  "use strict";
  const me = document.currentScript;
  const { base, page } = me.dataset;
  let { state } = me.dataset;
  const scrollKey = "mihbara-scroll " + location.pathname;

  // Where the reader was, before the reload that we asked for.
  try {
    const kept = JSON.parse(sessionStorage.getItem(scrollKey));
    sessionStorage.removeItem(scrollKey);
    if (kept) {
      const back = () => scrollTo(kept[0], kept[1]);
      back();
      addEventListener("load", back, { once: true });
    }
  } catch {}

  function reload() {
    try {
      sessionStorage.setItem(scrollKey, JSON.stringify([scrollX, scrollY]));
    } catch {}
    location.reload();
  }

  // Stylesheets: the new one is loaded beside the old one, which goes when the
  // new one stands, so that the page is never seen without style.
  function restyle(paths) {
    for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const url = new URL(link.href, location.href);
      if (url.origin !== location.origin || !paths.includes(decodeURIComponent(url.pathname))) continue;
      const next = link.cloneNode();
      url.searchParams.set("mihbara", state);
      next.href = url.href;
      next.addEventListener("load", () => link.remove(), { once: true });
      next.addEventListener("error", () => next.remove(), { once: true });
      link.after(next);
    }
  }

  // The overlay stands in a shadow tree, out of reach of the site's styles.
  const css = `
    :host { all: initial; position: fixed; inset: 0; z-index: 2147483647; pointer-events: none; direction: ltr; color-scheme: light dark; }
    section { pointer-events: auto; position: absolute; inset-inline: 0; inset-block-end: 0; max-block-size: 60vh; overflow: auto; box-sizing: border-box;
      padding: 1rem 1.25rem; font: 15px/1.5 system-ui, sans-serif; text-align: left; color: #1b1b1b; background: #fffdf8; border-block-start: 4px solid #b3261e;
      box-shadow: 0 -8px 30px #0004; }
    section.mild { inset-inline-start: auto; inset-inline-end: 1rem; inset-block-end: 1rem; max-inline-size: 40rem; border: 1px solid #9a6700; border-radius: .5rem; padding: .5rem .75rem; }
    header { display: flex; gap: 1rem; align-items: baseline; }
    h2 { font: inherit; font-weight: 700; margin: 0; flex: 1; }
    button { font: inherit; padding: .1rem .7rem; cursor: pointer; }
    ol { list-style: none; margin: .75rem 0 0; padding: 0; }
    li { margin-block: .75rem; }
    .place { font: 13px/1.4 ui-monospace, monospace; color: #6b3f00; overflow-wrap: anywhere; }
    .error .what::before { content: "error: "; color: #b3261e; font-weight: 700; }
    .warning .what::before { content: "warning: "; color: #9a6700; font-weight: 700; }
    .hint { color: #0b5d1e; }
    pre { margin: .3rem 0; padding: .4rem .6rem; background: #f1ece0; white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.6 ui-monospace, monospace; border-radius: .25rem; }
    mark { background: #f6c1bc; color: inherit; outline: 1px solid #b3261e; }
    @media (prefers-color-scheme: dark) {
      section { color: #eee; background: #1d1b19; } pre { background: #2b2825; } .place { color: #e0b070; } .hint { color: #86d39a; }
      mark { background: #7a2720; } .error .what::before { color: #ff8a80; } .warning .what::before { color: #e8b64c; }
    }
    @media print { :host { display: none; } }`;
  let host, root, dismissed = "";

  function element(name, attributes, ...children) {
    const e = document.createElement(name);
    for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
    e.append(...children);
    return e;
  }

  function item(p) {
    const li = element("li", { class: p.severity });
    if (p.place) li.append(element("div", {}, element("bdi", { class: "place", dir: "ltr" }, p.place)));
    li.append(element("div", { class: "what" }, element("bdi", { dir: "auto" }, p.message)));
    if (p.before || p.at || p.after) {
      const pre = element("pre", { dir: "auto" }, p.before || "");
      if (p.at) pre.append(element("mark", {}, p.at));
      pre.append(p.after || "");
      li.append(pre);
    }
    if (p.hint) li.append(element("div", { class: "hint" }, "→ ", element("bdi", { dir: "auto" }, p.hint)));
    return li;
  }

  function count(n, one, many) { return n + " " + (n === 1 ? one : many); }

  function show(problems) {
    const key = JSON.stringify(problems);
    if (!problems.length || key === dismissed) {
      if (host) host.remove();
      host = null;
      if (!problems.length) dismissed = "";
      return;
    }
    if (!host) {
      host = document.createElement("mihbara-problems");
      root = host.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [sheet];
      document.documentElement.append(host);
    }
    const errors = problems.filter((p) => p.severity === "error").length;
    const title = [errors && count(errors, "error", "errors"), problems.length > errors && count(problems.length - errors, "warning", "warnings")].filter(Boolean).join(", ");
    const close = element("button", { type: "button" }, "Close");
    close.addEventListener("click", () => { dismissed = key; show(problems); });
    const list = element("ol", {}, ...problems.map(item));
    const section = element("section", { lang: "en", dir: "ltr", role: "region", "aria-label": "Problems in the sources", class: errors ? "" : "mild" },
      element("header", {}, element("h2", { role: "status" }, title), close));
    if (errors) section.append(list);
    else section.append(element("details", {}, element("summary", {}, "Show"), list));
    root.replaceChildren(section);
  }
  addEventListener("keydown", (e) => { if (e.key === "Escape" && host) root.querySelector("button").click(); });

  // A browser allows six connections to one server, so a page that is not seen
  // lets go of its own; on return it asks what it missed.
  let events;
  function listen() {
    if (events || document.hidden) return;
    const query = new URLSearchParams({ path: decodeURIComponent(location.pathname), page, state });
    events = new EventSource(base + ".mihbara/events?" + query);
    events.addEventListener("state", (e) => { state = JSON.parse(e.data); });
    events.addEventListener("reload", reload);
    events.addEventListener("css", (e) => restyle(JSON.parse(e.data)));
    events.addEventListener("problems", (e) => show(JSON.parse(e.data)));
    events.addEventListener("error", () => {
      // The server went away: ask again, with what we know by then.
      forget();
      setTimeout(listen, 1000);
    });
  }
  function forget() {
    if (events) events.close();
    events = null;
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? forget() : listen()));
  addEventListener("pagehide", forget);
  addEventListener("pageshow", listen);
  listen();
})();
