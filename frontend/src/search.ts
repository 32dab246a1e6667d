// Filter as you type over the rows of one table. Zero-width spaces, which separate Khmer words in some texts
// and not in others, do not count.
import { once } from "./once";

const plain = (text: string): string => text.normalize("NFC").replace(/\u200b/g, "").toLowerCase();

export function searches(scope: ParentNode): void {
  for (const box of once(scope, "[data-k-search]", "search")) {
    const find = box.querySelector<HTMLElement>(".k-find");
    const input = find?.querySelector("input");
    const found = find?.querySelector<HTMLElement>(".k-find__found");
    const rows = [...box.querySelectorAll<HTMLTableRowElement>("tbody tr")];
    if (!find || !input || !found || rows.length < 2) continue;
    const texts = rows.map((row) => plain(row.textContent ?? ""));
    find.hidden = false;
    const update = (): void => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, index) => {
        const match = words.every((word) => texts[index]?.includes(word));
        row.hidden = !match;
        if (match) shown += 1;
      });
      found.textContent = words.length ? (found.dataset.text ?? "{n}").replace("{n}", String(shown)) : "";
    };
    input.addEventListener("input", update);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }
}
