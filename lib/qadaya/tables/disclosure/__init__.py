"""Disclosure control of any table of counts; nothing here knows of courts.

The rule and the cells: `rule`, `margins` (every published sum), `universe` (the inner
cells behind them), `canonical` (an order that labels and rows do not change).
Protection: `rounding` with its programme, model and rows; `suppression` with `hiding`
(the choice of further cells) and `attacker` (the reader who tries each choice);
`cell_key` to compare with. The audit: `evidence` gathers what is public, `knowledge`
turns it into `rows` for a reader, `propagation` and `attack` bound every count, with
HiGHS behind `solver`; `findings` says what falls short and why, `revisions` what the
difference of two editions tells.

Call it through `qadaya.tables.protect` and `qadaya.tables.audit`.
"""
