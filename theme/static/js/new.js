// What is new to this browser since its last visit of a story. What was there is remembered in this
// browser and sent nowhere; where nothing can be kept, every visit is the first and nothing is said.
// News is what an editor dated as added or changed: a thing without such a date, or with the one
// that was there at the last visit, is no news.

const VISIT = 30 * 60 * 1000; // a look within half an hour of the last one is the same visit

const bar = document.querySelector("[data-visit]");
if (bar) start(bar);

function start(bar) {
  const name = `explainer:${bar.dataset.visit}`;
  const lines = [...document.querySelectorAll("[data-news]")];
  const thing = (line) => line.closest("[id]").id;
  const key = (line) => `${line.dataset.news} ${line.dataset.key ?? thing(line)}`;
  const look = () => ({ keys: lines.map(key), at: Date.now() });

  function recall() {
    try {
      const { before, last } = JSON.parse(localStorage.getItem(name));
      return [before, last].every((one) => Array.isArray(one.keys) && one.at > 0) ? { before, last } : null;
    } catch {
      return null;
    }
  }

  function remember(before) {
    try {
      localStorage.setItem(name, JSON.stringify({ before, last: look() }));
    } catch {
      // Not allowed or full: then this visit is forgotten.
    }
  }

  function say(found, before) {
    const { lang } = document.documentElement;
    const words = bar.querySelector("[data-first]");
    words.href = `#${thing(found[0])}`;
    words.textContent = words.dataset.words.replace("{count}", found.length.toLocaleString(lang));
    // The site's dates are British where its language is English.
    const locale = lang === "en" ? "en-GB" : lang;
    bar.querySelector("[data-when]").textContent = new Date(before.at).toLocaleDateString(locale, { dateStyle: "long" });
    bar.firstElementChild.hidden = false;
  }

  function mark(found) {
    const word = bar.querySelector("template").content;
    for (const line of found) {
      line.dataset.new = "";
      line.hidden = false;
      line.prepend(word.cloneNode(true));
    }
  }

  function forget() {
    for (const line of document.querySelectorAll("[data-new]")) {
      delete line.dataset.new;
      line.querySelector("[data-mark]").remove();
      line.hidden = line.textContent === "";
    }
    before = look();
    remember(before);
    bar.firstElementChild.hidden = true;
    bar.lastElementChild.hidden = false;
    bar.focus();
    document.dispatchEvent(new Event("seen"));
  }

  const memory = recall();
  let before = memory?.before;
  if (!memory) before = look();
  else if (Date.now() - memory.last.at > VISIT) before = memory.last;
  remember(before);
  addEventListener("pagehide", () => remember(before));
  const found = lines.filter((line) => !before.keys.includes(key(line)));
  if (found.length === 0) return;
  mark(found);
  say(found, before);
  bar.querySelector("button").addEventListener("click", forget);
}
