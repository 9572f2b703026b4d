// In the row of years digits move the focus: 6 and 9 to the year that ends in 69, or else to the first
// that begins so. Only there, where nothing else takes digits; every other key does what it always does.

const row = document.querySelector(".years");
let typed = "";

if (row) row.lastElementChild.hidden = false;
row?.addEventListener("focusin", ({ relatedTarget }) => {
  if (!row.contains(relatedTarget)) typed = "";
});
row?.addEventListener("keydown", (event) => {
  if (!/^\d$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
  const links = [...row.querySelectorAll("li:not([hidden]) a")];
  for (const digits of [typed + event.key, event.key]) {
    const year = (link) => link.textContent.replace(/\D/g, "");
    const found = links.find((link) => year(link).endsWith(digits)) ?? links.find((link) => year(link).startsWith(digits));
    if (!found) continue;
    typed = digits;
    found.focus();
    event.preventDefault();
    return;
  }
  typed = event.key;
});
