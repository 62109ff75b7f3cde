/**
 * Links from a record to the list of its collection lead back to the list as the reader left it: filtered, if that is
 * where the reader came from. Without this script they lead to the whole list.
 */

const list = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-list-link]"));
const before = URL.canParse(document.referrer) ? new URL(document.referrer) : null;
if (list && before?.search && before.origin + before.pathname === list.origin + list.pathname) {
  const whole = list.href;
  for (const link of document.querySelectorAll("a[data-list-link], .sg-crumbs a")) {
    if (link instanceof HTMLAnchorElement && link.href === whole) {
      link.href = before.href;
      link.append(" (your selection)");
    }
  }
}
