// What `figures.py` gives the host script of one figure.

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
