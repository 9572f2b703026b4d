// What a mark in the picture of a timeline is, while a pointer rests on it: the title and the date of
// the event in the list that it leads to.

const SVG = "http://www.w3.org/2000/svg";

for (const picture of document.querySelectorAll(".timeline-picture")) {
  picture.addEventListener("pointerover", ({ target }) => {
    const link = target.closest("a");
    if (!link || link.querySelector("title")) return;
    const event = document.getElementById(link.href.baseVal.slice(1));
    const words = ["title", "date"].map((part) => event?.querySelector(`.event__${part}`)?.textContent.trim());
    if (!words[0]) return;
    const title = document.createElementNS(SVG, "title");
    title.textContent = words.join(", ");
    link.prepend(title);
  });
}
