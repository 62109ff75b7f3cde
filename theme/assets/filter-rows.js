/**
 * A form that filters the rows of a table. Each of its lists is named like a data attribute of the rows: `topic` goes with
 * `data-topic`. The choices stand in the URL, so that a filtered table can be sent. Without this script the form is hidden
 * and the table is whole.
 */

/** @param {HTMLFormElement} form */
const start = (form) => {
  const table = document.querySelector(`#${form.dataset.filterRows}`);
  const shown = form.querySelector("[data-filter-shown]");
  const lists = [...form.querySelectorAll("select")];
  if (!(table && shown)) return;
  const rows = /** @type {HTMLTableRowElement[]} */ ([...table.querySelectorAll("tbody tr[id]")]);

  const apply = () => {
    let count = 0;
    for (const row of rows) {
      row.hidden = lists.some((list) => list.value !== "" && row.dataset[list.name] !== list.value);
      count += row.hidden ? 0 : 1;
    }
    for (const group of table.querySelectorAll("tbody")) {
      group.hidden = group.querySelector("tr[id]:not([hidden])") === null;
    }
    shown.textContent = String(count);
  };

  const remember = () => {
    const url = new URL(location.href);
    for (const list of lists) {
      if (list.value === "") url.searchParams.delete(list.name);
      else url.searchParams.set(list.name, list.value);
    }
    history.replaceState(history.state, "", url);
  };

  const restore = () => {
    const chosen = new URLSearchParams(location.search);
    for (const list of lists) {
      list.value = chosen.get(list.name) ?? "";
      if (list.selectedIndex < 0) list.value = "";
    }
    apply();
  };

  // A link to a row shows it, whatever the filter is.
  const reveal = () => {
    const row = rows.find((one) => `#${one.id}` === location.hash);
    if (!row) return;
    if (row.hidden) {
      form.reset();
      for (const list of lists) list.value = "";
      apply();
      remember();
    }
    for (const folded of row.querySelectorAll("details")) folded.open = true;
    row.scrollIntoView();
  };

  form.addEventListener("change", () => {
    apply();
    remember();
  });
  form.addEventListener("reset", () => {
    for (const list of lists) list.value = "";
    apply();
    remember();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("popstate", restore);
  window.addEventListener("hashchange", reveal);
  form.hidden = false;
  restore();
  reveal();
};

for (const form of document.querySelectorAll("form[data-filter-rows]")) {
  if (form instanceof HTMLFormElement) start(form);
}
