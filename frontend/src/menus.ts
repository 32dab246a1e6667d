// The navigation's menu button on narrow screens, and panels that close by Esc or a click outside.
import { once } from "./once";

export function menus(scope: ParentNode): void {
  for (const nav of once(scope, "[data-k-nav]", "nav")) {
    const button = nav.querySelector<HTMLButtonElement>(".k-nav__toggle");
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") === "true";
      button.setAttribute("aria-expanded", String(!open));
    });
  }
  for (const panel of once<HTMLDetailsElement>(scope, "details.k-who", "panel")) {
    document.addEventListener("click", (event) => {
      if (!panel.contains(event.target as Node)) panel.open = false;
    });
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !panel.open) return;
      panel.open = false;
      panel.querySelector<HTMLElement>("summary")?.focus();
    });
  }
}
