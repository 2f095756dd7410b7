"""How the counts of a shared edition are protected, and the proof that they are.

`policy` reads `params/protection.yml` as `demands` ask. Each of the `methods` is a type
of its own that protects, attacks and compares: `rounding` (`by_rounding` rounds the
inner cells once, `attack_rounded` attacks them and `earlier_rounded` the editions
before with them) and `suppression` (`attack_suppressed`). `insider` is who knows own
cases already; `proof` judges the attacks; `protected` is what a method is given and
what it makes.
"""
