"""How the counts of a shared edition are protected, and the proof that they are.

`policy` reads `params/protection.yml` as `demands` ask. `by_rounding` rounds the inner
cells once, `attack_rounded` attacks them and `earlier_rounded` the editions before with
them; `by_suppression` hides counts and `attack_suppressed` attacks what is left.
`insider` is who knows own cases already; `proof` judges the attacks; `protected` is the
answer of either method.
"""
