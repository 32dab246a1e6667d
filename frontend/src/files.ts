// Writes the name of the chosen file beside our own button.
import { once } from "./once";

export function files(scope: ParentNode): void {
  for (const box of once(scope, "[data-k-file]", "file")) {
    const input = box.querySelector<HTMLInputElement>("input[type=file]");
    const name = box.querySelector<HTMLElement>(".k-file__name");
    if (!input || !name) continue;
    const none = name.textContent;
    const show = (): void => {
      const chosen = [...(input.files ?? [])];
      const many = (name.dataset.many ?? "{n}").replace("{n}", String(chosen.length));
      name.textContent = chosen.length > 1 ? many : (chosen[0]?.name ?? none);
    };
    input.addEventListener("change", show);
    show();
  }
}
