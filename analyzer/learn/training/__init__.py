"""Training and evaluation: gold → examples → fit → evaluation. Using a model needs nothing from here."""
