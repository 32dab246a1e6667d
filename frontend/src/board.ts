// Boards: choose all, count what is chosen, a range with Shift. Rows that a search has hidden are left out
// of "all", and are let go when they disappear, so that nobody is acted on unseen.
import { once } from "./once";

export function boards(scope: ParentNode): void {
  for (const board of once(scope, "[data-k-board]", "board")) wire(board);
}

function wire(board: HTMLElement): void {
  const all = board.querySelector<HTMLElement>("[data-k-all]");
  const allBox = all?.querySelector("input");
  const plain = board.querySelector<HTMLElement>(".k-bulk__plain");
  const bar = board.querySelector<HTMLElement>(".k-bulk");
  const figure = board.querySelector<HTMLElement>(".k-bulk__figure");
  const boxes = [...board.querySelectorAll<HTMLInputElement>("tbody .k-pick > input")];
  const acts = [...board.querySelectorAll<HTMLButtonElement>(".k-bulk__acts button")];
  if (!all || !allBox || !figure || !plain || !bar) return;
  let last: HTMLInputElement | undefined;

  const visible = (): HTMLInputElement[] => boxes.filter((box) => !box.closest("tr")?.hidden);
  const count = (): void => {
    for (const box of boxes) if (box.closest("tr")?.hidden) box.checked = false;
    const chosen = boxes.filter((box) => box.checked).length;
    const text = chosen ? figure.dataset.text : figure.dataset.none;
    figure.textContent = (text ?? "{n}").replace("{n}", String(chosen));
    allBox.checked = chosen > 0 && chosen === visible().length;
    allBox.indeterminate = chosen > 0 && !allBox.checked;
    for (const act of acts) act.disabled = chosen === 0;
    bar.classList.toggle("k-bulk--idle", chosen === 0);
  };

  all.hidden = false;
  plain.hidden = true;
  figure.hidden = false;
  allBox.addEventListener("change", () => {
    for (const box of visible()) box.checked = allBox.checked;
    count();
  });
  board.addEventListener("click", (event) => {
    const box = event.target as HTMLInputElement;
    if (!boxes.includes(box)) return;
    if (event.shiftKey && last) {
      const shown = visible();
      const ends = [shown.indexOf(last), shown.indexOf(box)].sort((a, b) => a - b);
      for (const between of shown.slice(ends[0], (ends[1] ?? 0) + 1)) between.checked = box.checked;
    }
    last = box;
    count();
  });
  // The search box filters on this event too, and reached its own listener before it came up to here.
  board.addEventListener("input", (event) => {
    if ((event.target as HTMLInputElement).type === "search") count();
  });
  count();
}
