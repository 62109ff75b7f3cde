/** Elements, made without HTML in strings: what a record or a person wrote can only ever become text. */

let count = 0;

/** Return an id that no other element of the page has. */
export function freshId(start) {
  count += 1;
  return `sg-${start}-${count}`;
}

/** Return an element. An attribute that is true is written empty; one that is false, null or undefined is left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** Return a button. `more` is said to a screen reader only, where the same words stand on several buttons. */
export function button(words, run, { more = "", primary = false, ...attributes } = {}) {
  const made = el("button", { type: "button", class: `sg-tool${primary ? " sg-tool--primary" : ""}`, ...attributes });
  label(made, words, more);
  made.addEventListener("click", () => {
    if (made.getAttribute("aria-disabled") !== "true") run(made);
  });
  return made;
}

/** Give a button its words. */
export function label(target, words, more = "") {
  if (target.dataset.words === `${words}|${more}`) return;
  target.dataset.words = `${words}|${more}`;
  target.replaceChildren(words, ...(more ? [hidden(` ${more}`)] : []));
}

/** Return text for screen readers only. */
export function hidden(text) {
  return el("span", { class: "sg-hidden" }, text);
}

/**
 * Switch a button off or on. Not with `disabled`, which would throw away the focus of whoever just pressed it.
 */
export function enable(target, on) {
  target.setAttribute("aria-disabled", String(!on));
}

/** Return a button that opens and closes a panel. Closed panels are still printed. */
export function disclosure(panel, open, words) {
  panel.id ||= freshId("panel");
  const toggle = button("", () => show(toggle.getAttribute("aria-expanded") !== "true"), { "aria-controls": panel.id });
  toggle.classList.add("sg-tool--toggle");
  const show = (on) => {
    toggle.setAttribute("aria-expanded", String(on));
    panel.classList.toggle("sg-closed", !on);
    label(toggle, ...[words(on)].flat());
  };
  show(open);
  return { toggle, show };
}

/** Return a progress bar with its words, and a function that sets both. */
export function meter() {
  const words = el("span", { class: "sg-meter__words", id: freshId("meter") });
  const bar = el("progress", { "aria-labelledby": words.id, max: "1", value: "0" });
  const set = ({ done, total }, text) => {
    bar.max = total || 1;
    bar.value = done;
    words.textContent = text;
  };
  return { element: el("div", { class: "sg-meter" }, words, bar), set };
}

/** Offer a text as a file to keep. */
export function download(text, name, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // some browsers begin to read it only later
}
