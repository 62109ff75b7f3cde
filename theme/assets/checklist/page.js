/**
 * What a page of the guide needs of the checklists and the plan. Most pages need nothing, and load nothing but this.
 */

const lists = document.querySelectorAll("[data-sg-checklist]");
const buttons = document.querySelectorAll("[data-sg-add]");
const plan = document.querySelector("[data-sg-plan]");

if (lists.length || buttons.length || plan) {
  const [{ Store }, { refreshUndo }] = await Promise.all([import("./storage.js"), import("./notices.js")]);
  const store = new Store();
  store.onChange(refreshUndo);
  store.listen();
  if (plan) (await import("./plan.js")).planPage(plan, store);
  if (lists.length || buttons.length) {
    const [{ checklist }, { planButton }] = await Promise.all([import("./checklist.js"), import("./planbutton.js")]);
    followFormerNames(store);
    for (const root of buttons) planButton(root, store);
    for (const root of lists) checklist(root, store);
  }
  document.documentElement.dataset.sgReady = ""; // for whoever waits for the page: tests, mostly
}

/** An action that was renamed keeps its ticks. */
function followFormerNames(store) {
  const former = [...lists].flatMap((root) =>
    (root.dataset.former || "")
      .split(" ")
      .filter(Boolean)
      .map((id) => [id, root.dataset.sgChecklist]),
  );
  store.follow(new Map(former));
}
