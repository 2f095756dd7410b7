// What `figures.py` gives the host script of one figure.

/** A place that plotly has drawn into. */
export interface Drawn extends HTMLElement {
  layout: any;
  on(event: string, listener: () => void): void;
}

export interface Spec {
  data: object[];
  layout: any;
  /** What the layout has besides when it is taken away. */
  export: object;
  height: number;
  number: number;
  /** The place of its template among those of the page. */
  template: number;
}
