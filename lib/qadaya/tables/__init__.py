"""What is published: cases counted, protected, attacked and kept as editions.

`build.build_edition` makes an edition and `edition.open_edition` opens one; `Edition`
is all that views and notebooks ever see. Between the two, for a shared edition: `count`
counts cases into inner cells, `rounded` rounds them once by the policy of
`params/protection.yml`, `sums` adds every table up from them, `vintages` compares with
the editions before, and `proof` attacks what would be published. `protect` and `audit`
know nothing of courts and can be used on any table of counts.
"""
