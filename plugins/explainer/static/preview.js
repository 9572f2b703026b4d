// A page in preview: it reloads where it was when the site is built anew, says what is wrong when
// that fails, and leads from each record to its line. No published page has any of this.
"use strict";

const data = JSON.parse(document.getElementById("preview-data").textContent);
const place = `preview:${location.pathname}`;
const HIDDEN = "preview-hidden";

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

// ---- from a record to its line

function source({ place, href }) {
  const title = `Edit ${place}`;
  if (href) return element("a", { className: "preview-source", href, textContent: place, title });
  const button = element("button", { className: "preview-source", type: "button", textContent: place });
  button.title = "Copy the path";
  button.addEventListener("click", async () => {
    getSelection().selectAllChildren(button);
    await navigator.clipboard?.writeText(place); // there is none for a page from another machine
    if (navigator.clipboard) button.textContent = `${place} (copied)`;
  });
  return button;
}

for (const record of data.records) {
  const home = document.getElementById(record.anchor);
  // What is folded away takes its link along.
  const body = home?.querySelector(":scope > details, :scope > .event__body") ?? home;
  body?.append(source(record));
}

const said = element("button", { type: "button", hidden: true });
const bar = element("aside", { className: "preview-bar" });
bar.setAttribute("aria-label", "Preview");
bar.append(...data.page.map(source), said);
document.body.append(bar);
bar.hidden = !data.page.length;

// ---- what is wrong

const heading = element("h2", { id: "preview-heading" });
const text = element("pre", { className: "preview-problems__text", id: "preview-text" });
const close = element("button", { type: "button", textContent: "Close (Esc)" });
const dialog = element("dialog", { className: "preview-problems" });
dialog.append(element("div", { className: "preview-problems__head" }, heading, close), text);
dialog.setAttribute("aria-labelledby", heading.id);
dialog.setAttribute("aria-describedby", text.id);
document.body.append(dialog);
close.addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => sessionStorage.setItem(HIDDEN, text.textContent));
said.addEventListener("click", () => dialog.showModal());

// The words of the terminal, all of them; only the lines of files may not wrap.
function write(words) {
  text.replaceChildren();
  for (const part of words.match(/(?:^ *\d* \| .*\n?)+|^.*\n?/gm) ?? []) {
    if (!/^ *\d* \| /.test(part)) text.append(part);
    else text.append(element("span", { className: "preview-problems__excerpt", textContent: part, tabIndex: 0 }));
  }
}

function tell(status) {
  said.hidden = !status.text;
  bar.hidden = !data.page.length && said.hidden;
  said.textContent = status.failed ? `Not built: ${status.summary}` : status.summary;
  heading.textContent = status.failed ? "This page is the last that could be built" : "The site is built, with warnings";
  dialog.setAttribute("role", status.failed ? "alertdialog" : "dialog");
  if (text.textContent !== status.text) write(status.text);
  if (!status.failed) dialog.close();
  else if (!dialog.open && sessionStorage.getItem(HIDDEN) !== status.text) dialog.showModal();
}

// ---- a newer site

// The first thing with an id that is in view: what is added above it must not move it. What sticks
// to the window (contents, the heading of a year) says nothing of the place.
function landmark() {
  return [...document.querySelectorAll("main [id]")].find((one) => {
    const { top, height } = one.getBoundingClientRect();
    return height && top >= 0 && top < innerHeight && !sticks(one);
  });
}

function sticks(one) {
  return one !== document.body && (/sticky|fixed/.test(getComputedStyle(one).position) || sticks(one.parentElement));
}

function reload() {
  const mark = landmark();
  const opened = [...document.querySelectorAll("[id] > details[open]")];
  const state = {
    y: scrollY,
    id: mark?.id,
    top: mark?.getBoundingClientRect().top,
    opened: opened.map((one) => one.parentElement.id),
  };
  sessionStorage.setItem(place, JSON.stringify(state));
  sessionStorage.removeItem(HIDDEN);
  reloading = true;
  history.scrollRestoration = "manual";
  location.reload();
}

const state = JSON.parse(sessionStorage.getItem(place));
sessionStorage.removeItem(place);

function resume() {
  for (const id of state.opened) document.getElementById(id)?.querySelector(":scope > details")?.setAttribute("open", "");
  const mark = state.id && document.getElementById(state.id);
  const y = mark ? scrollY + mark.getBoundingClientRect().top - state.top : state.y;
  scrollTo({ top: y, behavior: "instant" });
}

if (state) {
  resume();
  addEventListener("load", resume); // pictures have their places now
}
// The browser would put the page where it was before something came above it; only when somebody
// leaves and comes back it may.
let reloading = false;
addEventListener("pagehide", () => {
  if (!reloading) history.scrollRestoration = "auto";
});

// One connection for each page that is looked at: a browser has six for a host.
let events = null;

function listen() {
  if (document.hidden) {
    events?.close();
    events = null;
  } else if (!events) {
    events = new EventSource(data.events);
    events.onmessage = (event) => hear(JSON.parse(event.data));
    events.onerror = () => {
      if (events?.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      events = null;
      setTimeout(listen, 500);
    };
  }
}

function hear(status) {
  const isError = document.body.classList.contains("preview-error");
  if (isError ? status.attempt !== data.attempt : !status.failed && status.version !== data.version) reload();
  else if (!isError) tell(status);
}

document.addEventListener("visibilitychange", listen);
listen();
