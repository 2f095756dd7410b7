// A style sheet imported as text: `join.py` puts it into the module.
declare module "*.css" {
  const text: string;
  export default text;
}
