"""Cases in, an edition out: tables counted once, protected once, with their proof.

`build.build_edition` makes an edition and `edition.open_edition` opens one; `Edition`
is all that views and notebooks ever see. For a shared edition `build_shared` asks
`protection` to protect the counts and to attack what would be published, `earlier`
compares with the editions before, and `register_secrets` keeps the seed and the counts
with the register. `folder` writes beside and renames, `manifest` says from what.
`reaudit` repeats the attack from what is published alone; `export` writes files.
"""
