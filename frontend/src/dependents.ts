// A field with data-show-when="question=yes|maybe" is shown only while that question has one of these
// answers. Without JavaScript it is always shown, and the server decides.
import { once } from "./once";

function answers(form: HTMLFormElement, name: string): string[] {
  return new FormData(form).getAll(name).map(String);
}

export function dependents(scope: ParentNode): void {
  for (const control of once<HTMLInputElement>(scope, "[data-show-when]", "when")) {
    const field = control.closest<HTMLElement>(".k-field, td");
    const form = control.closest("form");
    const [name, values] = (control.dataset.showWhen ?? "").split("=");
    if (!field || !form || !name || !values) continue;
    const wanted = values.split("|");
    const update = (): void => {
      field.hidden = !answers(form, name).some((answer) => wanted.includes(answer));
    };
    form.addEventListener("change", update);
    update();
  }
}
