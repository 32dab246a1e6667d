// Elements that match `selector` in `scope` (or are it) and were not yet given to `name`.
export function once<T extends HTMLElement>(scope: ParentNode, selector: string, name: string): T[] {
  const found = [...scope.querySelectorAll<T>(selector)];
  if (scope instanceof HTMLElement && scope.matches(selector)) found.unshift(scope as T);
  const mark = `on${name}`;
  return found.filter((element) => {
    if (element.dataset[mark]) return false;
    element.dataset[mark] = "1";
    return true;
  });
}
