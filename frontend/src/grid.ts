// Quick entry by keyboard. Enter and the arrows go down and up in a column, Enter at the end adds a row,
// Ctrl+D copies from the row above, and a block of cells pasted from a spreadsheet fills the cells.
import { once } from "./once";

type Control = HTMLInputElement | HTMLSelectElement;

const CONTROLS = "input:not([type=hidden]), select";

export function grids(scope: ParentNode): void {
  for (const grid of once(scope, "[data-k-grid]", "grid")) wire(grid);
}

function wire(grid: HTMLElement): void {
  const body = grid.querySelector<HTMLElement>("[data-k-grid-rows]");
  const template = grid.querySelector<HTMLTemplateElement>("template[data-k-grid-row]");
  const form = grid.closest("form");
  const total = form?.querySelector<HTMLInputElement>(`[name="${grid.dataset.prefix}-TOTAL_FORMS"]`);
  if (!body || !template || !form || !total) return;

  const addRow = (): void => {
    const index = Number(total.value);
    const holder = document.createElement("template");
    holder.innerHTML = template.innerHTML
      .replace(/__prefix__/g, String(index))
      .replace(/__number__/g, String(index + 1));
    body.append(holder.content);
    total.value = String(index + 1);
  };
  const cellAt = (row: number, column: number): HTMLTableCellElement | undefined => {
    while (row >= body.children.length) addRow();
    return (body.children[row] as HTMLTableRowElement | undefined)?.cells[column];
  };

  grid.addEventListener("keydown", (event) => {
    const control = event.target as Control;
    const place = placeOf(control, body);
    if (!place) return;
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      focusIn(cellAt(place.row + (event.shiftKey ? -1 : 1), place.column));
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") {
      event.preventDefault();
      if (place.row > 0) copyCell(cellAt(place.row - 1, place.column), cellAt(place.row, place.column));
    } else if (isText(control) && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const row = place.row + (event.key === "ArrowDown" ? 1 : -1);
      if (row >= 0 && row < body.children.length) focusIn(cellAt(row, place.column));
    }
  });

  grid.addEventListener("paste", (event) => {
    const place = placeOf(event.target as Control, body);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!place || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").forEach((line, down) => {
      line.split("\t").forEach((value, across) => {
        fillCell(cellAt(place.row + down, place.column + across), value.trim());
      });
    });
  });

  const more = form.querySelector<HTMLButtonElement>("[data-k-grid-more]");
  more?.addEventListener("click", (event) => {
    event.preventDefault();
    const first = body.children.length;
    for (let n = 0; n < Number(more.value); n += 1) addRow();
    focusIn(cellAt(first, 1));
  });
  form.querySelector<HTMLElement>("[data-k-grid-keys]")?.removeAttribute("hidden");
}

function placeOf(control: Element, body: HTMLElement): { row: number; column: number } | undefined {
  const cell = control.closest?.<HTMLTableCellElement>("td, th");
  const row = cell?.parentElement;
  if (!cell || !row || row.parentElement !== body || !control.matches(CONTROLS)) return undefined;
  return { row: [...body.children].indexOf(row), column: cell.cellIndex };
}

function isText(control: Control): boolean {
  return control instanceof HTMLInputElement && !["radio", "checkbox"].includes(control.type);
}

function controlsIn(cell: HTMLTableCellElement | undefined): Control[] {
  return cell ? [...cell.querySelectorAll<Control>(CONTROLS)] : [];
}

function focusIn(cell: HTMLTableCellElement | undefined): void {
  const controls = controlsIn(cell);
  const control = controls.find((one) => one instanceof HTMLInputElement && one.checked) ?? controls[0];
  control?.focus();
  if (control instanceof HTMLInputElement && isText(control)) control.select();
}

function changed(control: Control): void {
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
}

function copyCell(from: HTMLTableCellElement | undefined, to: HTMLTableCellElement | undefined): void {
  const sources = controlsIn(from);
  controlsIn(to).forEach((control, index) => {
    const source = sources[index];
    if (!source) return;
    if (control instanceof HTMLInputElement && source instanceof HTMLInputElement && !isText(control)) {
      control.checked = source.checked;
    } else {
      control.value = source.value;
    }
    changed(control);
  });
}

// The words of a spreadsheet are compared with the labels as well as with the values of the choices.
function fillCell(cell: HTMLTableCellElement | undefined, value: string): void {
  const wanted = value.toLowerCase();
  for (const control of controlsIn(cell)) {
    if (control instanceof HTMLSelectElement) {
      const option = [...control.options].find((o) => [o.value, o.text].some((t) => t.toLowerCase() === wanted));
      if (option) control.value = option.value;
    } else if (isText(control)) {
      control.value = value;
    } else {
      const words = [control.value, control.labels?.[0]?.textContent?.trim() ?? ""];
      const hit = words.some((word) => word.toLowerCase() === wanted);
      control.checked = control.type === "radio" ? hit || control.checked : hit || ["1", "x", "yes"].includes(wanted);
    }
    changed(control);
  }
}
