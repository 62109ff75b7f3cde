/**
 * Makes the theme's navigation work with a keyboard. The theme opens the drawer, the sections in it and the table of
 * contents by labels of hidden checkboxes, which only a pointer can press. Each such label becomes a button, which says
 * whether what it opens is open; the focus goes along. Without this script the labels stay.
 */

const DRAWER = "__drawer";
const drawer = document.querySelector(".md-sidebar--primary");
const navigation = drawer?.querySelector(".md-nav--primary");
const toggle = document.querySelector(`#${DRAWER}`);

/**
 * Open or close what a checkbox opens.
 * @param {HTMLInputElement} checkbox
 * @param {boolean} wanted
 */
function set(checkbox, wanted) {
  if (checkbox.checked !== wanted) checkbox.click(); // the theme listens to this
}

/**
 * Put a button in the place of a label. It keeps the attributes of the label, by which the theme's styles know it.
 * @param {HTMLLabelElement} label
 * @param {string} name what it is called if it shows no text
 */
function asButton(label, name) {
  const button = document.createElement("button");
  for (const { name: attribute, value } of label.attributes) button.setAttribute(attribute, value);
  button.removeAttribute("tabindex");
  button.type = "button";
  button.append(...label.childNodes);
  if (!button.textContent?.trim()) button.setAttribute("aria-label", name);
  label.replaceWith(button);
  return button;
}

/**
 * Move the focus to the first of some elements that can be seen.
 * @param {Iterable<Element>} elements
 */
function focusFirst(elements) {
  for (const element of elements) {
    if (element instanceof HTMLElement && element.checkVisibility({ visibilityProperty: true })) {
      element.focus({ preventScroll: true }); // what slides in is not there yet: it would be scrolled to
      return;
    }
  }
}

/** @param {HTMLInputElement} checkbox */
function prepareDrawer(checkbox) {
  const label = document.querySelector(`.md-header label[for="${DRAWER}"]`);
  if (!(drawer && navigation && label instanceof HTMLLabelElement)) return;
  const opener = asButton(label, navigation.getAttribute("aria-label") ?? "");
  const behind = document.querySelectorAll(
    ".md-skip, .md-tabs, .md-content, .md-sidebar--secondary, .md-top, .md-footer",
  );
  const narrow = window.matchMedia("(max-width: 76.234375em)"); // as the theme has it

  const show = () => {
    const isOpen = checkbox.checked && narrow.matches;
    opener.setAttribute("aria-expanded", String(isOpen));
    for (const element of behind) element.toggleAttribute("inert", isOpen);
    return isOpen;
  };
  checkbox.addEventListener("change", () => {
    const hadFocus = drawer.contains(document.activeElement) || document.activeElement === document.body;
    if (show()) {
      focusFirst(drawer.querySelectorAll("a, button"));
    } else if (hadFocus) {
      opener.focus({ preventScroll: true });
    }
  });
  opener.addEventListener("click", () => set(checkbox, !checkbox.checked));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && checkbox.checked) set(checkbox, false);
  });
  narrow.addEventListener("change", show);
  show();
  drawer.classList.add("sg-drawer"); // from now on a closed drawer need not be in the tab order
}

/**
 * A section of the navigation, or the table of contents in it: a button opens it, the title in it closes it.
 * @param {HTMLInputElement} checkbox
 */
function prepareSection(checkbox) {
  const section = checkbox.parentElement?.querySelector(":scope > nav");
  const name = section?.getAttribute("aria-label") ?? "";
  const [opener, back] = [":scope > label, :scope > .md-nav__container > label", ":scope > nav > label"].map(
    (where) => {
      const label = checkbox.parentElement?.querySelector(where);
      if (!(label instanceof HTMLLabelElement)) return null;
      const button = asButton(label, name);
      button.addEventListener("click", () => checkbox.click());
      return button;
    },
  );
  const show = () => {
    opener?.setAttribute("aria-expanded", String(checkbox.checked));
    back?.setAttribute("aria-expanded", String(checkbox.checked));
  };
  checkbox.addEventListener("change", () => {
    show();
    focusFirst(
      (checkbox.checked ? [back, opener] : [opener]).filter((button) => button !== null && button !== undefined),
    );
  });
  show();
}

function prepare() {
  if (toggle instanceof HTMLInputElement) prepareDrawer(toggle);
  for (const checkbox of navigation?.querySelectorAll(".md-nav__toggle") ?? []) {
    if (checkbox instanceof HTMLInputElement) prepareSection(checkbox);
  }
}

setTimeout(prepare); // in a task of its own: the browser computes the styles of the whole navigation again
