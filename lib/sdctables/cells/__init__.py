"""Tables of counts: published cells, the inner cells behind them, an order of cells."""
