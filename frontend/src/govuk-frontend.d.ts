// GOV.UK Frontend ships without types; this is the little that we use of it.
declare module "govuk-frontend" {
  type Component = { new (root: Element, config?: object): unknown; moduleName: string };
  export const Button: Component;
  export const Checkboxes: Component;
  export const ErrorSummary: Component;
  export const Radios: Component;
  export const SkipLink: Component;
}
