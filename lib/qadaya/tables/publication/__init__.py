"""How a shared edition comes about, is kept and leaves as files.

`policy` reads `params/protection.yml` as `demands` ask; `shared` builds: `rounded`
rounds the inner cells once, `vintages` compares with the editions before, `proof`
judges the `attacks` on what would be published, `secret` keeps the seed and the counts
with the register.
By the other method `suppressed` hides counts and `hidden` attacks what is left.
`folder` writes beside and renames, `manifest` says from what. `reaudit` repeats the
attack from what is published alone; `export` writes the tables as CSV, XLSX and
Parquet, with `columns` and `package` to describe them.
"""
