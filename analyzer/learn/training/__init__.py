"""How the model is made and measured: gold → examples → fit → evaluation. Nothing here is needed to use a model."""
