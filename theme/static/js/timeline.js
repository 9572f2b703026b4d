// A timeline's filter and order. The page is whole without it: the form is hidden in the page and
// holds words alone. Its choices are gathered from what stands on the events, when somebody opens
// it or an address asks for them. What is chosen is the page's address and nothing else, so that it
// can be sent, kept and gone back from.

const MOST_DAYS = 10; // to choose from in "changed since", the newest ones

const form = document.querySelector("[data-filter]");
if (form) start(form);

function start(form) {
  const timeline = form.parentElement;
  const output = form.querySelector("output");
  const details = form.querySelector("details");
  const controls = [...form.querySelectorAll("select")];
  const { lang } = document.documentElement;
  const groups = [...timeline.querySelectorAll("[data-group]")].map((element) => {
    const list = element.querySelector("ol");
    const { id } = element.querySelector("[id]");
    const link = timeline.querySelector(`nav a[href="#${id}"]`);
    const events = [...list.children].map((event) => ({ element: event, keys: new Set(), day: "" }));
    return { element, id, list, events, link, isNext: element.dataset.group === "next" };
  });
  const events = groups.flatMap((group) => group.events);
  const lanes = Object.fromEntries([...form.elements.lane.options].map(({ text, value }) => [text, value]));
  let isFilled = false;
  let isNewest = false;
  let lastControl;

  // What an event can be found by, as [control, value, words]; words may stand in the form instead.
  function* facets(element) {
    for (const link of element.querySelectorAll(".actor-line a")) {
      yield ["actor", link.pathname.split("/").at(-2), link.textContent];
    }
    for (const { textContent } of element.querySelectorAll("[data-tag]")) yield ["tag", textContent, textContent];
    const place = element.querySelector(".labels a[href*='#place-']");
    if (place) yield ["place", place.hash.replace("#place-", ""), place.textContent];
    const lane = element.querySelector("[data-lane]");
    if (lane) yield ["lane", lane.dataset.lane || lanes[lane.textContent]];
    const { classList } = element;
    if (!classList.contains("event--minor")) yield ["weight", "major"];
    if (classList.contains("event--turning-point")) yield ["weight", "turning-point"];
    if (element.querySelector("[data-new]")) yield ["since", "visit"];
  }

  // The choices of each control, each with how many events it holds for.
  function gather() {
    const choices = Object.fromEntries(controls.map(({ name }) => [name, new Map()]));
    for (const event of events) {
      for (const [name, value, words] of facets(event.element)) {
        const key = `${name} ${value}`;
        const choice = choices[name].get(value) ?? { words, count: 0 };
        if (!event.keys.has(key)) choice.count += 1;
        event.keys.add(key);
        choices[name].set(value, choice);
      }
      for (const { dataset } of event.element.querySelectorAll("[data-news]")) {
        if (dataset.news > event.day) event.day = dataset.news;
      }
    }
    return choices;
  }

  function days() {
    // The site's dates are British where its language is English.
    const format = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC" });
    const found = [...new Set(events.map(({ day }) => day))].filter(Boolean).sort().reverse();
    return found.slice(0, MOST_DAYS).map((day) => {
      const count = events.filter((event) => event.day >= day).length;
      return [day, { words: format.format(new Date(day)), count }];
    });
  }

  // A choice that holds for every event narrows nothing, and a control without choices is left out.
  function fill() {
    if (isFilled) return;
    isFilled = true;
    const choices = gather();
    const byWords = ([, one], [, other]) => one.words.localeCompare(other.words, lang);
    for (const control of controls.filter(({ name }) => name !== "order")) {
      const found = choices[control.name];
      const given = [...control.options].slice(1).map(({ value, text }) => [value, { count: 0, ...found.get(value), words: text }]);
      const listed = given.length > 0 ? given : [...found].sort(byWords);
      if (control.name === "since") listed.push(...days());
      control.length = 1;
      for (const [value, { words, count }] of listed) {
        const text = form.dataset.filter.replace("{count}", count.toLocaleString(lang)).replace("{text}", () => words);
        if (count > 0 && count < events.length) control.add(new Option(text, value));
      }
      control.parentElement.hidden = control.length === 1;
    }
  }

  function chosen() {
    const found = controls.filter((control) => control.value);
    const days = found.filter(({ name, value }) => name === "since" && value !== "visit");
    const keys = found.filter((control) => control.name !== "order" && !days.includes(control));
    return {
      keys: keys.map(({ name, value }) => `${name} ${value}`),
      since: days[0]?.value ?? "",
      isNewest: form.elements.order.value === "newest",
      isAny: found.length > 0,
    };
  }

  // A year's link leads to the first month of it that is shown.
  function lead() {
    let link = null;
    for (const group of groups.filter(({ isNext }) => !isNext)) {
      if (group.link) group.link.parentElement.hidden = true;
      link = group.link ?? link;
      if (!link || group.element.hidden || !link.parentElement.hidden) continue;
      link.parentElement.hidden = false;
      link.setAttribute("href", `#${group.id}`);
    }
  }

  // What the address leads to is shown, whatever is filtered.
  function show(wanted, target) {
    let shown = 0;
    for (const group of groups) {
      let inGroup = 0;
      for (const { element, keys, day } of group.events) {
        const isWanted = day >= wanted.since && wanted.keys.every((key) => keys.has(key));
        const isHidden = !isWanted && !element.contains(target);
        if (element.hidden !== isHidden) element.hidden = isHidden;
        if (!isHidden) inGroup += 1;
      }
      group.element.hidden = inGroup === 0;
      shown += inGroup;
    }
    lead();
    return shown;
  }

  // What comes next stays at the end.
  function arrange(newest) {
    if (newest === isNewest) return;
    isNewest = newest;
    const past = groups.filter((group) => !group.isNext).reverse();
    const end = groups.find((group) => group.isNext)?.element ?? null;
    for (const { element, list, link, events } of newest ? past : past.reverse()) {
      const ordered = events.map((event) => event.element);
      list.append(...(newest ? ordered.reverse() : ordered));
      timeline.insertBefore(element, end);
      link?.closest("ul").append(link.parentElement);
    }
  }

  function apply() {
    const wanted = chosen();
    const shown = show(wanted, document.getElementById(fragment()));
    arrange(wanted.isNewest);
    // "Four months later" is said of two events in a row.
    timeline.classList.toggle("timeline--arranged", wanted.isAny);
    form.querySelector("[type=reset]").hidden = !wanted.isAny;
    const words = output.dataset.words.replace("{shown}", shown.toLocaleString(lang));
    if (output.textContent || shown < events.length) output.textContent = words;
  }

  function read() {
    const given = new URLSearchParams(location.search);
    const isAsked = controls.some(({ name }) => given.get(name));
    if (isAsked) fill();
    for (const control of controls) {
      control.value = given.get(control.name) ?? "";
      if (control.selectedIndex < 0) control.selectedIndex = 0;
    }
    apply();
    return isAsked;
  }

  // One step back undoes one control: trying its choices one after the other is one step.
  function write(control) {
    const url = new URL(location.href);
    url.hash = "";
    for (const { name, value } of controls) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    if (url.href === location.href) return;
    const method = control && control === lastControl ? "replaceState" : "pushState";
    history[method](null, "", url);
    lastControl = control;
  }

  function change(control) {
    write(control);
    apply();
  }

  // A folded event is opened where the address leads to it, or into it.
  function reveal() {
    const target = document.getElementById(fragment());
    const event = events.find(({ element }) => element.contains(target))?.element;
    if (!event) return;
    const folded = event.querySelector(":scope > details");
    if (folded) folded.open = true;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView();
  }

  // The click comes first; a search on the page opens without one.
  for (const opening of ["click", "toggle"]) details.addEventListener(opening, fill);
  form.addEventListener("change", (event) => change(event.target));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const control of controls) control.selectedIndex = 0;
    change();
    form.querySelector("summary").focus();
  });
  document.addEventListener("seen", () => {
    form.querySelector("[value=visit]")?.remove();
    change();
  });
  addEventListener("popstate", () => {
    lastControl = undefined;
    read();
  });
  addEventListener("hashchange", () => {
    apply();
    reveal();
  });

  form.hidden = false;
  details.open = read();
  if (location.hash) reveal();
}

function fragment() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}
